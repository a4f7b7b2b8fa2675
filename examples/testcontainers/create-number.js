import { createHash } from 'node:crypto';

/** Creates a number on a MOR server. Replace this with the code that you test. */
export async function createNumber(url, did) {
  const params = { u: 'admin', provider_id: '1', did };
  const hash = createHash('sha1').update(`${params.provider_id}${did}secret`).digest('hex');
  const answer = await fetch(`${url}/billing/api/did_create`, { method: 'POST', body: new URLSearchParams({ ...params, hash }) });
  return answer.text();
}
