/** What is sent: the same bytes to every server, a pure function of a counter. */
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';

const PATH = '/billing/api/did_create';
const FORM = 'application/x-www-form-urlencoded';

/** Params of a call that MOR would take, signed with the caller's key; what is given last goes before it. */
function signed(params, key = 'secret') {
  const all = { u: 'admin', provider_id: '1', ...params };
  const hash = createHash('sha1')
    .update(all.provider_id + all.did + key)
    .digest('hex');
  return { hash, ...all };
}

const encoded = (params) =>
  Object.entries(params)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');

function http(method, path, type, body) {
  const head = [`${method} ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'User-Agent: bench', 'Accept: */*'];
  if (type !== undefined) head.push(`Content-Type: ${type}`);
  if (method === 'POST') head.push(`Content-Length: ${Buffer.byteLength(body)}`);
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const inForm = (params) => http('POST', PATH, FORM, encoded(params));
const inQuery = (params) => http('POST', `${PATH}?${encoded(params)}`, undefined, '');
const inJson = (params) => http('POST', PATH, 'application/json', JSON.stringify(params));
const asGet = (params) => http('GET', `${PATH}?${encoded(params)}`, undefined, '');

const WRONG = '0123456789abcdef0123456789abcdef01234567';

/** Eleven digits that no fixture has, another for each counter. */
const getNewNumber = (i) => String(38_000_000_000 + i);

/** The shipped fixtures hold this one. */
const TAKEN = '37060000001';

/** Ten good creates of new numbers, of each ten five as a form, three in the query, two as JSON; and ten errors. They take turns. */
const MIX = [
  [(did) => inForm(signed({ did })), (did) => inForm(signed({ did, hash: WRONG }))],
  [(did) => inQuery(signed({ did })), (did) => inQuery(signed({ did, u: 'stranger' }))],
  [(did) => inForm(signed({ did })), (did) => inForm(signed({ did, u: 'user' }))],
  [(did) => inJson(signed({ did })), (did) => inJson(signed({ did, provider_id: '9' }))],
  [(did) => inForm(signed({ did, comment: 'made by the bench' })), (did) => inForm(signed({ did, provider_id: '2' }))],
  [(did) => inQuery(signed({ did })), (did) => inForm(signed({ did, u: 'accountant' }))],
  [(did) => inForm(signed({ did })), () => inQuery(signed({ did: TAKEN }))],
  [(did) => inJson(signed({ did })), () => inJson(signed({ did: TAKEN }))],
  [(did) => inForm(signed({ did, u: 'reseller', provider_id: '2' })), (did) => inForm(signed({ did: `${did.slice(0, 10)}x` }))],
  [(did) => inQuery(signed({ did })), (did) => asGet(signed({ did }))],
].flat();

/** After so many requests the mix starts anew. */
export const MIX_LENGTH = MIX.length;

/** What may be sent, by name: the bytes of the request number `i`. */
export const KINDS = {
  /** Half of it good creates of new numbers, half errors, over form, query and JSON. */
  mix: (i) => MIX[i % MIX.length](getNewNumber(i)),
  /** Good creates of new numbers, as forms. */
  creates: (i) => inForm(signed({ did: getNewNumber(i) })),
  /** Good calls but for the hash: their numbers are looked up among all there are, before a check is made, and nothing is stored. */
  'looked up': (i) => inForm(signed({ did: getNewNumber(i), hash: WRONG })),
  /** Nothing is ever stored: wrong hashes, strangers, taken and impossible numbers, and what never reaches a call; no two alike. */
  refused: (i) => REFUSED[i % REFUSED.length](getNewNumber(i)),
};

const REFUSED = [
  (did) => inForm(signed({ did, hash: WRONG })),
  (did) => inQuery(signed({ did, u: `stranger${did}` })),
  (did) => inForm(signed({ did: `${did}x` })),
  (did) => inJson(signed({ did: TAKEN, comment: did })),
  (did) => inQuery(signed({ did: `${did}%zz` })),
  (did) => http('POST', PATH, `text/plain; n=${did}`, did),
  (did) => http('POST', `/billing/api/no_such_${did}`, FORM, `did=${did}`),
];
