/** Requests that are whole: however odd, each has one answer. */
import { METHODS } from 'node:http';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { signed } from '../../src/contract/signed.ts';
import type { Dice } from './dice.ts';

/** The token of the admin API. Only requests to the sandbox that is there to be broken know it. */
export const TOKEN = 'hostile-token';

/** The sandbox that is there to be broken. */
export const VICTIM = '/__sandboxes/victim';

/** A request as bytes. */
export interface WholeRequest {
  readonly bytes: Buffer;
  /** Its answer has no body. */
  readonly isHead: boolean;
}

const AWKWARD = [
  '', ' ', '0', '-1', '1e999', '9'.repeat(400), '%00', '%zz', '%', '%C0%AF', '%ED%A0%80', '%F0%9F%98%80', '+', '&', '=', ';', '#', '?', '/', '//', '\\',
  '..', '%2e%2e%2f', '<a>&amp;]]>', '<!DOCTYPE x [<!ENTITY y "z">]>', '{{7*7}}', '${x}', '$(x)', '`x`', "' or 1=1", '"', '__proto__', 'constructor',
  'toString', 'hasOwnProperty', 'null', 'undefined', 'NaN', 'true', '[]', '{}', 'admin', '1', '37060000001', 'x'.repeat(3000), '%0d%0aX-Evil:%201', '%E2%80%AE',
] as const; // prettier-ignore

const NAMES = [
  'u',
  'provider_id',
  'did',
  'hash',
  'custom_sip_header',
  'comment',
  'reseller_comment',
  'test',
  'p',
  'U',
  'did[]',
  'did[a]',
  'u[',
  '[',
  ...AWKWARD,
];

const ADMIN = [
  'health', 'reset', 'users', 'providers', 'settings', 'fixtures', 'fixtures/reload', 'dids', 'dids/1', 'dids/3', 'dids/x', 'requests', 'requests/1', 'explain',
  'hash', 'snapshots', 'snapshots/a/restore', 'snapshots/a', 'sandboxes', 'sandboxes/victim', 'faults', 'faults/1', 'coverage', 'metrics', 'openapi.json', '', '..', '%00',
] as const; // prettier-ignore

const VENDOR = [
  '/billing/api/did_create',
  '/api/did_create',
  '/billing/api/',
  '/billing/api',
  '/billing/api/user_balance_get',
  '//billing//api//did_create/',
];

const CALLABLE = METHODS.filter((method) => method !== 'CONNECT');

/** Any whole request. */
export function wholeRequest(dice: Dice): WholeRequest {
  const method = dice.oneIn(3) ? dice.of(CALLABLE) : dice.of(['POST', 'POST', 'GET']);
  const isForVictim = dice.oneIn(4);
  const path = isForVictim ? `${VICTIM}/__admin/${dice.of(ADMIN)}` : pathOf(dice);
  const query = dice.oneIn(3) ? `?${formOf(dice)}` : '';
  const headers = dice.some(4, () => dice.of(HEADERS)(dice));
  const { type, bytes } = method === 'GET' && !dice.oneIn(5) ? NO_BODY : isForVictim ? adminBody(dice) : getBody(dice);
  const head = [
    `${method} ${formatTarget(path + query)} HTTP/1.1`,
    dice.oneIn(8) ? dice.of(HOSTS) : 'Host: localhost',
    ...(isForVictim ? [`Authorization: Bearer ${TOKEN}`] : []),
    ...(type === undefined ? [] : [`Content-Type: ${type}`]),
    ...headers,
  ];
  return { bytes: framed(dice, head, bytes), isHead: method === 'HEAD' };
}

/** A small request whose answer says which it was. */
export function tracedRequest(mark: string): WholeRequest {
  return { bytes: Buffer.from(`GET /${mark} HTTP/1.1\r\nHost: localhost\r\n\r\n`), isHead: false };
}

/** A good call to the sandbox, for a number of five digits: sometimes new, sometimes not. */
export function goodCall(dice: Dice): WholeRequest {
  const params = signed({ u: dice.of(['admin', 'reseller', 'nobody']), provider_id: '1', did: String(10_000 + dice.below(90_000)) });
  const body = new URLSearchParams(params).toString();
  const head = [`POST ${VICTIM}/billing/api/did_create HTTP/1.1`, 'Host: localhost', 'Content-Type: application/x-www-form-urlencoded'];
  return { bytes: framed(dice, head, Buffer.from(body)), isHead: false };
}

const HOSTS = [
  'Host: ',
  'Host: evil.example',
  'Host: localhost:99999999',
  'Host: [::1',
  'Host: a b',
  'X: y',
  'Host: localhost\r\nHost: evil.example',
];

const HEADERS: readonly ((dice: Dice) => string)[] = [
  () => 'Connection: keep-alive',
  () => 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13',
  () => 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA',
  () => 'Expect: 100-continue',
  () => 'Origin: http://evil.example',
  () => 'Referer: http://evil.example/x',
  () => 'Sec-Fetch-Site: cross-site',
  () => 'Accept-Encoding: gzip, br',
  () => 'Range: bytes=0-5',
  () => 'If-None-Match: *',
  () => 'X-HTTP-Method-Override: DELETE',
  () => 'X-Forwarded-Host: evil.example',
  (dice) => `X-Mock-Mor-Sandbox: ${dice.of(['victim', 'nobodys', '..', 'a/b', '', 'x'.repeat(500)])}`,
  (dice) => `Authorization: ${dice.of(['Bearer', 'Bearer x', 'Basic QTpC', `Bearer ${' '.repeat(300)}`])}`,
  (dice) => `Cookie: ${'a=b; '.repeat(dice.below(400))}`,
  (dice) => `X-${'y'.repeat(dice.below(300) + 1)}: ${'z'.repeat(dice.below(2000))}`,
  (dice) => Array.from({ length: dice.below(300) + 1 }, (_, i) => `h${String(i)}: v`).join('\r\n'),
  () => 'X-Latin: caf\xe9 \xff',
  () => 'Content-Language:\t\t en \t',
];

function pathOf(dice: Dice): string {
  const base = dice.oneIn(3)
    ? `/__admin/${dice.of(ADMIN)}`
    : dice.oneIn(6)
      ? dice.of(['/', '*', '/favicon.ico', '/.git/config', '/__sandboxes/'])
      : dice.of(VENDOR);
  if (base === '*' || !dice.oneIn(3)) return base;
  const odd = encodeUnsafe(dice.of(AWKWARD));
  const changes: readonly (() => string)[] = [
    () => base + odd,
    () => `${base}/${odd}`,
    () => `/${odd}${base}`,
    () => base.replaceAll('/', '//'),
    () => `/${base.slice(1).replaceAll('/', '%2f')}`,
    () => base.replace('/', '/./'),
    () => `${base}/../../__admin/reset`,
    () => `/__sandboxes/${odd}${base}`,
    () => `http://localhost${base}`,
    () => `http://evil.example:80${base}`,
    () => `hTTp://[::1]/${base}`,
    () => base.toUpperCase(),
    () => `${base}%00.html`,
    () => `${base};jsessionid=1`,
    () => `${base}/${'a/'.repeat(dice.below(2000))}`,
  ];
  return dice.of(changes)();
}

/** What a request line cannot hold as it stands would make another kind of case of it. */
function formatTarget(text: string): string {
  return text === '' ? '/' : encodeUnsafe(text);
}

function encodeUnsafe(text: string): string {
  return text.replace(/[^\x21-\x7e]/g, (character) => encodeURIComponent(character));
}

function formOf(dice: Dice): string {
  if (dice.oneIn(40)) return dice.of(['a&', 'a[]=&', '&', 'a=%41&', '%F0%9F%98%80=1&']).repeat(dice.below(4000)).slice(0, 20_000);
  return dice.some(6, () => `${encodeUnsafe(dice.of(NAMES))}=${encodeUnsafe(dice.of(AWKWARD))}`).join('&');
}

interface Body {
  readonly type: string | undefined;
  readonly bytes: Buffer;
}

const NO_BODY: Body = { type: undefined, bytes: Buffer.alloc(0) };

const TYPES = [
  'application/x-www-form-urlencoded', 'application/json', 'multipart/form-data; boundary=b', 'multipart/form-data', 'text/plain', 'text/xml', 'x', '', '/', ';',
  'application/json; charset=utf-16', 'application/json; charset="', `application/json; ${'a=b; '.repeat(100)}`, 'multipart/form-data; boundary=""', 'application/yaml',
] as const; // prettier-ignore

function getBody(dice: Dice): Body {
  const makes: readonly (() => Body)[] = [
    () => NO_BODY,
    () => ({ type: TYPES[0], bytes: Buffer.from(formOf(dice)) }),
    () => ({ type: TYPES[1], bytes: Buffer.from(jsonOf(dice)) }),
    () => ({ type: TYPES[2], bytes: Buffer.from(multipartOf(dice), 'latin1') }),
    () => ({
      type: dice.of(TYPES),
      bytes: Buffer.from(dice.of([formOf(dice), jsonOf(dice), multipartOf(dice), dice.noise(200)]), 'latin1'),
    }),
  ];
  return dice.of(makes)();
}

function adminBody(dice: Dice): Body {
  const makes: readonly (() => string)[] = [
    () => '',
    () => jsonOf(dice),
    () => '{"did":"5","provider_id":1}',
    () => '{"allow_get_api":true}',
    () => '{"next_did_id":70}',
    () => '{"error":"Incorrect hash"}',
    () => '{"name":"a"}',
    () => 'users: [{ id: 0, username: admin, type: admin }]\nproviders: [{ id: 1, name: One }]\nsettings: { api_secret_key: secret }\n',
    () => '&a [*a]',
    () => `${'- '.repeat(dice.below(200))}x`,
    () => `a: !!js/function "x"\nb: *c\n? d\n${dice.noise(30)}`,
  ];
  return {
    type: dice.of(['application/json', 'application/json', 'application/yaml', ...TYPES]),
    bytes: Buffer.from(dice.of(makes)(), 'latin1'),
  };
}

function jsonOf(dice: Dice): string {
  const odd = JSON.stringify(decodeLoosely(dice.of(AWKWARD)));
  const makes: readonly (() => string)[] = [
    () =>
      `{${dice.some(6, () => `${JSON.stringify(dice.of(NAMES))}:${dice.of([odd, '1', 'null', 'true', '[]', '{}', '1e400', '-0', '"\\ud800"'])}`).join(',')}}`,
    () => '{"__proto__":{"u":"admin"},"constructor":{"prototype":{"u":"admin"}}}',
    () => `${'['.repeat(dice.below(3000))}${']'.repeat(dice.below(3000))}`,
    () => `{"did":${'{"a":'.repeat(dice.below(300))}1`,
    () => `{${'"a":1,'.repeat(dice.below(2000))}"b":2}`,
    () => dice.of(['', '"', '{', '[', 'null', '1', '{"a":1}x', '{"a":}', '{"u":"\\u0000"}', '\ufeff{}', '{"u":"\x80"}']),
  ];
  return dice.of(makes)();
}

function decodeLoosely(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function multipartOf(dice: Dice): string {
  const pieces = [
    '--b', '--b--', '\r\n', '\n', '\r', '\r\n\r\n', 'Content-Disposition: form-data; name="did"', 'Content-Disposition: form-data; name="u"; filename="f"',
    'Content-Disposition: form-data', 'Content-Type: text/plain; charset=x', 'Content-Transfer-Encoding: base64', ': ', 'admin', '\xff\xfe', 'name=', 'X: y\r\n'.repeat(50),
  ]; // prettier-ignore
  if (dice.oneIn(20)) return `${'--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n'.repeat(dice.below(1500))}--b--\r\n`;
  return dice.some(20, () => dice.of(pieces)).join('');
}

const PACKED: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: (bytes) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } }),
  // Not as it says.
  'x-gzip': (bytes) => bytes,
  identity: (bytes) => bytes,
};

/** A bomb: two megabytes when it is unpacked, beyond the limit. */
const BOMBS = Object.fromEntries(
  Object.entries(PACKED)
    .slice(0, 3)
    .map(([name, pack]) => [name, pack(Buffer.alloc(2_000_000, 'a'))]),
);

/** A head and a body put together by a length or by chunks, sometimes packed. */
function framed(dice: Dice, head: readonly string[], plain: Buffer): Buffer {
  const coding = plain.length > 0 && dice.oneIn(12) ? dice.of([...Object.keys(PACKED), 'gzip, br', 'snappy']) : undefined;
  const isBomb = coding !== undefined && BOMBS[coding] !== undefined && dice.oneIn(4);
  const packed = coding === undefined ? plain : isBomb ? (BOMBS[coding] as Buffer) : (PACKED[coding]?.(plain) ?? plain);
  const body = coding !== undefined && dice.oneIn(4) ? packed.subarray(0, dice.below(packed.length + 1)) : packed;
  const lines = [...head, ...(coding === undefined ? [] : [`Content-Encoding: ${coding}`])];
  const start = (framing: string): Buffer => Buffer.from(`${[...lines, framing].join('\r\n')}\r\n\r\n`, 'latin1');
  if (body.length === 0 && dice.oneIn(2)) return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  if (!dice.oneIn(3)) return Buffer.concat([start(`Content-Length: ${String(body.length)}`), body]);
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const size = 1 + dice.below(Math.max(body.length / 3, 10));
    const part = body.subarray(at, at + size);
    chunks.push(Buffer.from(`${part.length.toString(16)}${dice.oneIn(10) ? ';ext="x"' : ''}\r\n`), part, Buffer.from('\r\n'));
    at += size;
  }
  const trailer = dice.oneIn(10) ? 'X-Trailer: 1\r\nContent-Type: text/xml\r\n' : '';
  return Buffer.concat([
    start(dice.of(['Transfer-Encoding: chunked', 'transfer-encoding:CHUNKED'])),
    ...chunks,
    Buffer.from(`0\r\n${trailer}\r\n`),
  ]);
}
