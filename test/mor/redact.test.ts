import { decodeOnce } from '../../src/mor/decode.ts';
import {
  isSecretName,
  knownSecrets,
  quoteName,
  redactCall,
  redactKnown,
  redactName,
  redactPath,
  redactQuotes,
  redactStart,
  redactText,
  secretValues,
} from '../../src/mor/redact.ts';

const HASH = 'bc2f114099d16656d37e45fd9e8744cb9386d462';
const SECRETS = knownSecrets(['secret', '4444', '333', 'a.b$c &1', 'secret-and-more'], ['hunter2', '1234', 'abc', `p+"w'`]);

test.each([
  ['', ''],
  ['nothing', 'nothing'],
  ['secret and secretsecret', '*** and ******'],
  ['the longer one goes first: secret-and-more', 'the longer one goes first: ***'],
  ['4444 and 333: too short', '*** and 333: too short'],
  ['37044445', '370***5'],
  ['a.b$c &1 but not aXb$c &1', '*** but not aXb$c &1'],
  ['it is hunter2', 'it is ***'],
  ['1234, but not in 37012345', '***, but not in 37012345'],
  ['abc is too short', 'abc is too short'],
  ['the name api_secret_key stays, a secret does not', 'the name api_secret_key stays, a *** does not'],
])('keys and what was sent: %s -> %s', (text, expected) => {
  expect(redactText(text, SECRETS)).toBe(expected);
  expect(redactKnown(text, SECRETS)).toBe(expected);
});

test.each([
  [`x${HASH}y`, 'x***y'],
  [HASH.toUpperCase(), '***'],
  [HASH.slice(0, 32), '***'],
  [HASH.slice(0, 31), HASH.slice(0, 31)],
  ['1'.repeat(60), '1'.repeat(60)],
  ['a'.repeat(60), 'a'.repeat(60)],
  ['ab'.repeat(20), '***'],
  ['vC8RQJnRZlbTfkX9nodEy5OG1GI=', '***'],
  ['1vC8RQJnRZlbTfkX9nodEy5OG1GI=', '***'],
  ['1B2M2Y8AsgTpgAmY7PhCfg==', '***'],
  ['eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.', '***'],
  ['Bearer abcdef123456', 'Bearer ***'],
  [`Basic ${Buffer.from('admin:x').toString('base64')}`, 'Basic ***'],
  ['Basic agreement', 'Basic agreement'],
  ['http://admin:x@crm.example/a', 'http://***@crm.example/a'],
  ['http://crm.example:8080/a', 'http://crm.example:8080/a'],
])('what is a secret by its form: %s -> %s', (text, expected) => {
  expect(redactText(text, knownSecrets([]))).toBe(expected);
});

test.each([
  ['u=admin&p=x y&did=1', 'u=admin&p=***&did=1'],
  ['u=admin;p=x;y;did=1', 'u=admin;p=***;did=1'],
  ['p=x&y', 'p=***'],
  ['p=&u=admin', 'p=&u=admin'],
  ['pass: x\nnext', 'pass: ***\nnext'],
  ['{"u":"admin","p":"x\\"y","did":"1"}', '{"u":"admin","p":"***","did":"1"}'],
  ['{\\"p\\":\\"x\\",\\"u\\":\\"y\\"}', '{\\"p\\":\\"***\\",\\"u\\":\\"y\\"}'],
  ['{"p":"x', '{"p":"***'],
  ['{"p":1,"u":"y"}', '{"p":***'],
  ["['p' => 'x', 'u' => 'y']", "['p' => '***', 'u' => 'y']"],
  ['[p] => x', '[p] => ***'],
  ['<p>x</p><u>y</u>', '<p>***</p><u>y</u>'],
  ['user[password]=x', 'user[password]=***'],
  [`${'a'.repeat(100)}_key=x`, `${'a'.repeat(100)}_key=***`],
  ['<p>x</p> 1 > 0', '<p>***</p> 1 > 0'],
  ['key>x', 'key>x'],
  ['up=x', 'up=x'],
  ['at 3 p: m', 'at 3 p: ***'],
  ['https://x/?u=a&token=b#c', 'https://x/?u=a&token=***'],
])('what stands behind a secret name: %s -> %s', (text, expected) => {
  expect(redactText(text, knownSecrets([]))).toBe(expected);
});

test.each([
  ['u%3Dadmin%26p%3Dx', '***'],
  ['u%253Dadmin%2526p%253Dx', '***'],
  ['%73ecret', '***'],
  ['a.b%24c+%261', '***'],
  ['\\u0073ecret', '***'],
  ['&#115;ecret &#x73;', '***'],
  ['p&#61;x', '***'],
  ['\\"p\\":"x', '\\"p\\":"***'],
  ['100%25 of +370', '100%25 of +370'],
  ['broken %zz %e9', 'broken %zz %e9'],
  ['u=a&amp;p=b', 'u=a&amp;p=***'],
])('what an encoding hides: %s -> %s', (text, expected) => {
  expect(redactText(text, SECRETS)).toBe(expected);
});

test.each([
  ['a%20b+c', 'a b c'],
  ['%C4%85%ff', 'Ä\u0085ÿ'],
  ['%C4%85', 'ą'],
  ['\\u0041\\"\\\\', 'A"\\'],
  ['&lt;&#65;&#x42;&amp;&#xffffff;&unknown;', '<AB&&unknown;'],
])('decodeOnce: %s -> %s', (text, expected) => {
  expect(decodeOnce(text)).toBe(expected);
});

test('stand-ins take the place of each kind', () => {
  const standIns = { key: (key: string) => `[${key}]`, hash: 'wrong', other: '-' };
  expect(redactText(`secret ${HASH} hunter2 p=x`, SECRETS, standIns)).toBe('[secret] wrong - p=-');
  expect(redactText('%73ecret', SECRETS, standIns)).toBe('-');
});

test('of a long text the end is left out, for a secret may be cut in two there', () => {
  expect(redactStart('secret', SECRETS, 6)).toBe('***');
  expect(redactStart(`${'x '.repeat(400)}secret`, SECRETS, 804)).toBe('x '.repeat(252));
  expect(redactStart('secretsecret', SECRETS, 10)).toBe('');
});

test('thousands of keys are found, and passwords of a megabyte are none', () => {
  const many = knownSecrets(
    Array.from({ length: 5000 }, (_, i) => `key-${String(i)}-of-a-reseller`),
    ['x'.repeat(1_000_000), 'hunter2'],
  );
  expect(redactText('key-4999-of-a-reseller, key-0-of-a-reseller, hunter2', many)).toBe('***, ***, ***');
});

test.each([
  'p',
  'P',
  'pw',
  'pin',
  'sid',
  'has',
  'hsh',
  'hash ',
  'HASH',
  'api_secret_key',
  'X-Api-Key',
  'access_token',
  'Authorization',
  'Set-Cookie',
  'p[]',
  'user[password]',
  'signature',
])('%j is the name of a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});

test.each(['', 'u', 'did', 'comment', 'provider_id', 'up', 'pins', 'status', 'Content-Type', 'Host', 'spin'])('%j is not', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test('the values of secret names, texts alone', () => {
  expect(secretValues(Object.entries({ p: 'a', u: 'b', hash: 5, 'key[]': '' }))).toEqual(['a', '']);
});

test.each([
  ['', ''],
  ['foo', 'foo'],
  ['did[]', 'did[]'],
  ['user[a][b]', 'user[a][b]'],
  [' hash ', ' hash '],
  ['did\u200b', 'did\u200b'],
  ['имя', 'имя'],
  ['di\u200bd\u00a0', 'di\u200bd\u00a0'],
  ['my_secret', 'my_***'],
  [`x${HASH}`, 'x***'],
  ['{"u":"admin","p":"x"}', '***'],
  ['u=admin', '***'],
  ['a b', '***'],
  ['did[p=x]', '***'],
  ['x'.repeat(64), 'x'.repeat(64)],
  ['x'.repeat(65), '***'],
])('the name %j -> %j', (name, expected) => {
  expect(redactName(name, SECRETS)).toBe(expected);
});

test.each([
  ['did_create', 'did_create'],
  ['did_create&p=x', 'did_create…'],
  ['did_create;p=x', 'did_create…'],
  ['did_create/admin/x', 'did_create…'],
  ['secret', '***'],
  [`x-${HASH}`, 'x-***'],
  ['p=x', 'p…'],
  ['&p=x', '…'],
  ['hunter2&u=1', '***…'],
  ['a.b%24c%20%261', '***'],
  ['', ''],
])('the call %j -> %j', (call, expected) => {
  expect(redactCall(call, SECRETS)).toBe(expected);
});

test.each([
  ['/billing/api/did_create', '/billing/api/did_create'],
  ['/billing/api/did_create/', '/billing/api/did_create/'],
  ['/billing/api', '/billing/api'],
  ['/api/did_create', '/api/did_create'],
  ['/billing/api/did_create&u=admin&p=x', '/billing/api/did_create…'],
  ['/billing/api/did_create/admin/x', '/billing/api/did_create…'],
  ['/billing/api/did_create?p=x', '/billing/api/did_create…'],
  ['/billing/api/did%5Fcreate', '/billing/api/did…'],
  ['/__sandboxes/t1/api/did_create;p=x', '/__sandboxes/t1/api/did_create…'],
  ['/billing/did_create/p/x/y', '/billing/did_create/p/***/y'],
  ['/billing/secret', '/billing/***'],
  [`/${HASH}`, '/***'],
  ['/%73ecret/x', '***'],
  ['*', '*'],
])('the path %j -> %j', (path, expected) => {
  expect(redactPath(path, SECRETS)).toBe(expected);
});

test.each([
  ['api_secret_key: must be a text', 'api_secret_key: must be a text'],
  ['a secret key is missing', 'a secret key is missing'],
  ['"secret" is no name', '"***" is no name'],
  ['unknown field "api_secret_key". Allowed: secret', 'unknown field "api_secret_key". Allowed: secret'],
  ['"u=a&p=x" and "\\"p\\":\\"x\\""', '"u=a&p=***" and "\\"p\\":\\"***\\""'],
  [`nothing has the id ${HASH}`, 'nothing has the id ***'],
])('our own words stay, what they quote is redacted: %s -> %s', (message, expected) => {
  expect(redactQuotes(message, SECRETS)).toBe(expected);
});

test('a name is quoted where it is plain', () => {
  expect([quoteName('did'), quoteName('u=a')]).toEqual(['"did"', '"***"']);
});

test.each([
  ['hex digits', 'a1'.repeat(500_000)],
  ['names', 'password'.repeat(125_000)],
  ['pairs', 'key='.repeat(250_000)],
  ['pairs apart', 'key=1&'.repeat(160_000)],
  ['separators', '='.repeat(1_000_000)],
  ['quotes', '"p":"\\'.repeat(160_000)],
  ['backslashes', `p=${'\\'.repeat(1_000_000)}`],
  ['slashes', '//:'.repeat(330_000)],
  ['tokens', 'eyJ-'.repeat(250_000)],
  ['base64', `${'A'.repeat(999_000)}=`],
  ['blanks', `p${' '.repeat(1_000_000)}=`],
  ['brackets', ']'.repeat(1_000_000)],
  ['percent signs', '%25'.repeat(330_000)],
  ['a name', `a${'['.repeat(1_000_000)}`],
  ['a path', '/api'.repeat(250_000)],
])('a megabyte of %s takes no time to speak of', (_, text) => {
  const before = performance.now();
  redactText(text, SECRETS);
  redactName(text, SECRETS);
  redactPath(text, SECRETS);
  redactQuotes(text, SECRETS);
  expect(performance.now() - before).toBeLessThan(5000);
});
