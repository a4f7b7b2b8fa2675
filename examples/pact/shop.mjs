/** The consumer: a shop that orders numbers. */
import { createHash } from 'node:crypto';

/** Orders a number and gives the id of its DID, or throws what MOR says. */
export async function orderNumber(url, { u, key, provider_id, did }) {
  const hash = createHash('sha1').update(`${provider_id}${did}${key}`).digest('hex');
  const answer = await fetch(`${url}/billing/api/did_create`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ u, provider_id, did, hash }).toString(),
  });
  const xml = await answer.text();
  const [, error] = /<error>(.*)<\/error>/.exec(xml) ?? [];
  if (error !== undefined) throw new Error(error);
  return Number(/<id>(\d+)<\/id>/.exec(xml)?.[1]);
}
