/** Requests that carry a password, a key and a hash in every way that a client has found so far. */
import type { FixturesInput } from '../../src/index.ts';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { sha1 } from '../../src/contract/signed.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';

export const PASSWORD = 'hunter2';
export const KEY = 'k3y-of-the-admin';
export const RESELLER_KEY = 'own k3y & more';
export const HASH = sha1(`1370${KEY}`);

/** The world that the keys are of. */
export const WORLD = {
  settings: { api_secret_key: KEY, allow_get_api: true },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller', own_providers: true, api_secret_key: RESELLER_KEY },
  ],
  providers: [{ id: 1 }, { id: 2, user_id: 5 }],
} as const satisfies FixturesInput;

/** What no output may hold: enough of each secret to know it by, as it is and as it may be encoded. */
export const TRACES_OF_SECRETS: readonly string[] = [
  'hunter',
  'k3y',
  ...[HASH, HASH.toUpperCase()].flatMap((hash) => [hash.slice(0, 12), hash.slice(-12)]),
  ...[`admin:${PASSWORD}`, HASH].map((text) => Buffer.from(text).toString('base64').slice(0, 12)),
  Buffer.from(HASH, 'hex').toString('base64').slice(0, 12),
  Buffer.from(PASSWORD).toString('base64').slice(0, 8),
  '%68%75%6e%74',
];

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

const GOOD = { u: 'admin', provider_id: '1', did: '370', hash: HASH };
const ALL = { u: 'admin', provider_id: '1', did: '370', hash: HASH, p: PASSWORD, api_key: KEY };
const query = (params: Readonly<Record<string, string>>): string => carried(params, 'query').query ?? '';
const percented = (text: string): string => Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const header = (name: string, value: string): RawRequest => ({ ...carried(GOOD, 'query'), headers: { [name]: value } });
const form = (body: string): RawRequest => ({ body, type: FORM });
const part = (name: string, value: string, more = ''): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
const multipart = (...parts: readonly string[]): RawRequest => ({
  body: `${parts.join('')}--b--\r\n`,
  type: 'multipart/form-data; boundary=b',
});

export const WAYS_IN: readonly (readonly [title: string, request: RawRequest])[] = [
  ...TRANSPORTS.flatMap((by): (readonly [string, RawRequest])[] => [
    [`parameters by ${by}`, carried(ALL, by)],
    [
      `every secret name, by ${by}`,
      carried({ password: PASSWORD, pwd: PASSWORD, auth: PASSWORD, token: PASSWORD, secret: KEY, sid: PASSWORD }, by),
    ],
    [`a misspelt hash, by ${by}`, carried({ ...GOOD, hsah: HASH, has: HASH, hash_: PASSWORD, HASH: PASSWORD }, by)],
    [`unknown names, by ${by}`, carried({ x: PASSWORD, y: KEY, z: HASH, w: RESELLER_KEY }, by)],
    [
      `other parameters that hold them, by ${by}`,
      carried({ ...ALL, comment: `${PASSWORD}, ${KEY}, ${HASH}, ${RESELLER_KEY}`, custom_sip_header: HASH.toUpperCase() }, by),
    ],
    [`mixed-up variables, by ${by}`, carried({ u: PASSWORD, did: HASH, provider_id: KEY, hash: PASSWORD }, by)],
    [`a number that holds them, by ${by}`, carried({ u: KEY, did: `+370 ${PASSWORD} ${RESELLER_KEY}`, p: PASSWORD }, by)],
    [`names that are secrets, by ${by}`, carried({ [KEY]: 'x', [`a${HASH}`]: 'y', [PASSWORD]: PASSWORD, pass: PASSWORD }, by)],
    [`lists and maps, by ${by}`, carried({ 'hash[]': HASH, [`did[${KEY}]`]: '1', 'user[password]': PASSWORD, 'did[p]': PASSWORD }, by)],
    [
      `a whole query in one value, by ${by}`,
      carried({ u: query(ALL), did: `370&p=${PASSWORD}`, comment: `?hash=${HASH};pass=${PASSWORD}` }, by),
    ],
    [
      `JSON in one value, by ${by}`,
      carried({ u: JSON.stringify(ALL), did: JSON.stringify(JSON.stringify(ALL)), comment: `{'p' => '${PASSWORD}'}` }, by),
    ],
    [
      `XML in one value, by ${by}`,
      carried({ u: `<password>${PASSWORD}</password>`, comment: `<user key="${KEY}" pass='${PASSWORD}'/>` }, by),
    ],
    [
      `encoded once more, by ${by}`,
      carried({ u: encodeURIComponent(query(ALL)), did: percented(KEY), comment: percented(`p=${PASSWORD}&k=${RESELLER_KEY}`) }, by),
    ],
    [
      `credentials in a text, by ${by}`,
      carried(
        {
          ...GOOD,
          comment: `https://admin:${PASSWORD}@mor/ Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`,
          did: Buffer.from(HASH, 'hex').toString('base64'),
        },
        by,
      ),
    ],
    [`to a call that is not there, by ${by}`, { ...carried(ALL, by), path: '/billing/api/did_remove' }],
    [`by a method that is not there, by ${by}`, { ...carried(ALL, by), method: 'PUT' }],
  ]),
  ['JSON under a form type', form(JSON.stringify(ALL))],
  ['JSON under a form type, with an = and an & in it', form(JSON.stringify({ ...ALL, comment: 'a=b', p: `${PASSWORD}&${PASSWORD}` }))],
  ['JSON without a type', { body: JSON.stringify(ALL) }],
  ['a list of JSON under a form type', form(JSON.stringify([ALL]))],
  ['a form under a JSON type', { body: query(ALL), type: JSON_TYPE }],
  ['a form in a JSON text', { body: JSON.stringify(query(ALL)), type: JSON_TYPE }],
  ['JSON inside of JSON', { body: JSON.stringify({ params: ALL, did: [ALL], u: { password: PASSWORD } }), type: JSON_TYPE }],
  ['JSON with secrets as names', { body: JSON.stringify({ [JSON.stringify(ALL)]: '', [query(ALL)]: 1 }), type: JSON_TYPE }],
  ['JSON that breaks off', { body: `${JSON.stringify(ALL).slice(0, -1)},`, type: JSON_TYPE }],
  ['JSON with a bare password', { body: `{"p":${PASSWORD},"hash":${HASH}}`, type: JSON_TYPE }],
  ['a form in one encoded parameter', form(encodeURIComponent(query(ALL)))],
  ['a form of one bare word', form(PASSWORD)],
  ['a form of a bare key and a bare hash', form(`${encodeURIComponent(KEY)}&${HASH}`)],
  ['a password with an & that is not encoded', form(`u=admin&p=a&${PASSWORD}&did=370`)],
  ['a query of one bare word', { query: PASSWORD }],
  ['a query parted by semicolons', { query: query(ALL).replaceAll('&', ';') }],
  ['a form parted by semicolons', form(query(ALL).replaceAll('&', ';'))],
  ['a query parted by &amp;', { query: query(ALL).replaceAll('&', '&amp;') }],
  ['a form in lines', form(query(ALL).replaceAll('&', '\r\n'))],
  ['XML under a form type', form(`<did><password>${PASSWORD}</password><key>${KEY}</key><hash>${HASH}</hash></did>`)],
  ['a multipart body under a form type', { ...multipart(part('p', PASSWORD), part('hash', HASH)), type: FORM }],
  ['multipart with a file', multipart(part('p', PASSWORD, `; filename="${PASSWORD}"`), part('hash', HASH, `; filename="${KEY}"`))],
  ['multipart with odd names', multipart(part(`p=${PASSWORD}`, 'x'), part(query(ALL), 'y'), part(HASH, PASSWORD))],
  ['multipart with another boundary', { ...multipart(part('p', PASSWORD)), type: `multipart/form-data; boundary=${KEY}` }],
  ['multipart without a boundary', { ...multipart(part('p', PASSWORD), part('hash', HASH)), type: 'multipart/form-data' }],
  ['multipart that breaks off', { body: part('p', PASSWORD) + part('hash', HASH), type: 'multipart/form-data; boundary=b' }],
  ['a path behind &', { path: `/billing/api/did_create&${query(ALL)}` }],
  ['a path behind ;', { path: `/billing/api/did_create;${query(ALL)}` }],
  ['a path behind another /', { path: `/billing/api/did_create/admin/${PASSWORD}/${KEY}/${HASH}` }],
  ['a path behind an encoded ?', { path: `/billing/api/did_create%3F${percented(query(ALL))}` }],
  ['a path behind a ? and once more', { query: `${query(GOOD)}?${query(ALL)}` }],
  ['a call of the same name as a key', { path: `/billing/api/${KEY}` }],
  ['a call of the same name as a hash', { path: `/billing/api/${HASH}` }],
  ['a call of the same name as a key, encoded', { path: `/billing/api/${percented(KEY)}` }],
  ['a call of the same name as a key with odd characters', { path: `/billing/api/${encodeURIComponent(RESELLER_KEY)}` }],
  ['a call with a password', { path: `/billing/api/p=${PASSWORD}` }],
  ['a call in a broken encoding', { path: `/billing/api/${HASH}&p=${PASSWORD}&k=${KEY}%zz` }],
  ['the short path behind &', { path: `/api/did_create&${query(ALL)}` }],
  ['a path that is none of MOR’s', { path: `/billing/did_create&${query(ALL)}` }],
  ['a path that is none of MOR’s, by segments', { path: `/billing/p/${PASSWORD}/key/${KEY}/hash/${HASH}` }],
  ['a path that is none of MOR’s, with a key', { path: `/${KEY}/${HASH}/${percented(RESELLER_KEY)}` }],
  ['a query at another path', { path: '/billing', query: query(ALL) }],
  ['a sandbox that is not there', { path: `/__sandboxes/${KEY}/billing/api/did_create`, query: query(ALL) }],
  ['a sandbox in a sandbox', { path: `/__sandboxes/s1/__sandboxes/${KEY}/billing/api/did_create&p=${PASSWORD}` }],
  ['a header that names no sandbox', header('x-mock-mor-sandbox', KEY)],
  ['a header that names no sandbox, by a hash', header('x-mock-mor-sandbox', `p=${PASSWORD}&hash=${HASH}`)],
  ['an admin path', { path: `/__admin/${KEY}/${HASH}&p=${PASSWORD}` }],
  ['an admin query', { path: '/__admin/requests', method: 'GET', query: `${KEY}=1&${HASH}=2` }],
  ['an admin query in one parameter', { path: '/__admin/requests', method: 'GET', query: encodeURIComponent(query(ALL)) }],
  ['an admin id', { path: `/__admin/requests/${HASH}`, method: 'GET' }],
  ['a broken admin path', { path: `/__admin/snapshots/${KEY}%zz/restore` }],
  ['an admin body', { path: '/__admin/sandboxes', body: JSON.stringify({ [KEY]: 1, [query(ALL)]: 2 }), type: JSON_TYPE }],
  ['a broken admin body', { path: '/__admin/hash', body: `{"did":"370","api_secret_key":"${PASSWORD}"`, type: JSON_TYPE }],
  [
    'an unknown field of an admin body',
    { path: '/__admin/hash', body: JSON.stringify({ did: '1', [JSON.stringify(ALL)]: '' }), type: JSON_TYPE },
  ],
  ['a broken value in a query', { query: `u=admin&p=${PASSWORD}%zz&hash=${HASH}` }],
  ['a broken name in a query', { query: `${PASSWORD}%zz=1` }],
  ['a broken value under a key', { query: `p=${PASSWORD}&${KEY}=%zz` }],
  ['a broken value in a form', form(`p=${PASSWORD}%ff&hash=${HASH}`)],
  ['a broken name in a form', form(`${JSON.stringify(ALL)}%zz`)],
  ['a body that is no UTF-8', form(`p=${PASSWORD}\u{d800}&hash=${HASH}%ff`)],
  ['a body of another type', { body: query(ALL), type: `text/${KEY}` }],
  ['a body of another type, with parameters', { body: query(ALL), type: `text/plain; key=${KEY}; p=${PASSWORD}; hash=${HASH}` }],
  ['a body of another charset', { body: query(ALL), type: `${FORM}; charset=${HASH}` }],
  [
    'a body of another type next to a query',
    { ...carried(GOOD, 'query'), body: query(ALL), type: `text/plain; key=${KEY}; p=${PASSWORD}` },
  ],
  ['JSON under a form type that holds secrets', { body: JSON.stringify(ALL), type: `${FORM}; charset=${HASH}; p=${PASSWORD}; k=${KEY}` }],
  ['a list of JSON under a type that holds secrets', { body: JSON.stringify([ALL]), type: `${JSON_TYPE}; p=${PASSWORD}; k=${KEY}` }],
  ['a body of no type', { body: query(ALL), type: `p=${PASSWORD}` }],
  ['a body in another packing', { ...form(query(ALL)), headers: { 'content-encoding': `${KEY}, p=${PASSWORD}` } }],
  ['a body that is not packed as it says', { ...form(query(ALL)), headers: { 'content-encoding': 'gzip' } }],
  ['a body that is too large', form(`${query(ALL)}&comment=${'x'.repeat(20_000)}`)],
  ['too many parameters', form(`${query(ALL)}${'&a=1'.repeat(2000)}`)],
  ['a long text with secrets all over', form(`u=admin&p=${PASSWORD}&did=${`${KEY}${HASH} `.repeat(150)}`)],
  ['Authorization', header('authorization', `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`)],
  ['Authorization, without a scheme', header('authorization', PASSWORD)],
  ['Proxy-Authorization', header('proxy-authorization', `Bearer ${PASSWORD}`)],
  ['Cookie', header('cookie', `lang=en; session=${PASSWORD}; key=${KEY}`)],
  ['X-Api-Key', header('x-api-key', PASSWORD)],
  ['X-Password', header('x-password', PASSWORD)],
  ['X-Auth-Token', header('x-auth-token', HASH)],
  ['a header of any name', header('x-anything', `${KEY} ${HASH} ${RESELLER_KEY}`)],
  ['a header with a query', header('referer', `https://crm.example/?${query(ALL)}`)],
  ['a header with an encoded query', header('x-original-url', encodeURIComponent(`/?${query(ALL)}`))],
  ['a header with an address', header('x-forwarded-for', `http://admin:${PASSWORD}@crm.example/`)],
  ['a header with what a parameter holds', { ...carried(ALL, 'form'), headers: { 'user-agent': `crm (${PASSWORD})`, 'x-p': PASSWORD } }],
  [
    'a parameter with what a header holds',
    { ...carried({ ...GOOD, comment: `it is ${PASSWORD}` }, 'form'), headers: { 'x-pass': PASSWORD } },
  ],
  ['a header whose name is a key', { ...carried(GOOD, 'query'), headers: { [`x-${KEY}`]: '1', [HASH]: '2' } }],
];
