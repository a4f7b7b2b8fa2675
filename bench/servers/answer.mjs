/** What the reference servers answer: the checks that the bench's requests meet, written straight down. */
import { createHash } from 'node:crypto';

const USERS = new Map([
  ['admin', { id: 0, type: 'admin', keys: ['secret'] }],
  ['accountant', { id: 2, type: 'accountant', keys: ['secret'] }],
  ['reseller', { id: 5, type: 'reseller', keys: ['reseller-secret', 'secret'] }],
  ['user', { id: 8, type: 'user', keys: ['secret'] }],
]);

/** Provider ids and their owners. */
const PROVIDERS = new Map([
  ['1', 0],
  ['2', 5],
]);

const record = (id, did, provider_id, reseller_id, comment) => ({
  id,
  did,
  provider_id,
  reseller_id,
  status: 'free',
  custom_sip_header: '',
  comment,
  reseller_comment: '',
});

const numbers = new Map([
  ['37060000001', record(1, '37060000001', 1, 0, '')],
  ['37060000002', record(2, '37060000002', 2, 5, '')],
]);
let nextId = 3;

const page = (status) => `<?xml version="1.0" encoding="UTF-8"?>\n<page>\n  <status>\n    ${status}\n  </status>\n`;

const refused = (text) => `${page(`<error>${text}</error>`)}</page>\n`;

/** The XML for a call; `get` gives a parameter's text, or null or undefined. */
export function answer(method, get) {
  const user = USERS.get(get('u'));
  if (user !== undefined && method === 'GET') return refused('GET Requests are disabled');
  const providerId = get('provider_id') ?? '';
  const did = get('did') ?? '';
  const hash = get('hash');
  if (
    user !== undefined &&
    !user.keys.some(
      (key) =>
        hash ===
        createHash('sha1')
          .update(providerId + did + key)
          .digest('hex'),
    )
  )
    return refused('Incorrect hash');
  if (user === undefined || user.type === 'user') return refused('Access Denied');
  const owner = PROVIDERS.get(providerId);
  if (owner === undefined) return refused('Provider was not found');
  if (owner !== 0 && owner !== user.id) return refused('You are not authorized to use this Provider');
  if (user.type === 'accountant') return refused('You are not authorized to manage DIDs');
  if (numbers.has(did)) return refused('DID already exists');
  if (!/^[0-9]+$/.test(did)) return refused('Invalid DID specified');
  const id = nextId++;
  numbers.set(did, record(id, did, Number(providerId), user.type === 'reseller' ? user.id : 0, get('comment') ?? ''));
  return `${page('<success>DID created</success>')}  <did_details>\n    <id>${id}</id>\n  </did_details>\n</page>\n`;
}
