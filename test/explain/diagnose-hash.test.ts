import { createHash, createHmac } from 'node:crypto';
import { diagnoseHash, type HashMismatch } from '../../src/explain/diagnose-hash.ts';
import type { Param } from '../../src/explain/hash-variants.ts';
import { explainDecision } from '../../src/explain/trace.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';
import { createState } from '../support/pure-call.ts';
import { sha1 } from '../../src/contract/signed.ts';

const KEY = 'admin-key';

const WORLD = createState({
  settings: { api_secret_key: KEY, default_did_provider_id: 12 },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller', own_providers: true, api_secret_key: 'reseller-key' },
    { id: 8, username: 'username', type: 'accountant', permissions: { manage_dids: 'edit' }, accept_hash_without_did: true },
  ],
  providers: [{ id: 12 }],
  dids: [],
});

/** Provider, number and others as sent; the hash is added by each row. */
const SENT = { u: 'admin', provider_id: '12', did: '0370', comment: 'note', custom_sip_header: 'X-A', p: 'pass' };

function sentence(params: Readonly<Record<string, ParamValue>>): string | undefined {
  const request = { method: 'POST', params: new Map(Object.entries(params)) } as const;
  return explainDecision('did_create', decide('did_create', request, WORLD)).hash;
}

/** One parameter or more and the key `key`, without a call. */
const diagnose = (mismatch: Partial<HashMismatch>): string | undefined =>
  diagnoseHash({
    sent: undefined,
    params: [],
    otherParams: [],
    defaults: [],
    keys: [{ text: 'key', owner: 'the key' }],
    otherKeys: [],
    show: (text) => JSON.stringify(text),
    ...mismatch,
  });

const digest = (name: string, text: string, encoding: 'hex' | 'base64' = 'hex'): string => createHash(name).update(text).digest(encoding);

describe('what was hashed', () => {
  const ALONE = 'only the texts are hashed, without names and with nothing between them';

  test.each<readonly [text: string, hash: string, sentence: string]>([
    ['did, provider_id, key', sha1(`037012${KEY}`), 'sha1(did + provider_id + key): the order is provider_id, then did'],
    ['key first', sha1(`${KEY}120370`), 'sha1(key + provider_id + did): the key comes last'],
    ['all the other way round', sha1(`${KEY}037012`), 'sha1(key + did + provider_id): the order is provider_id, then did, then the key'],
    ['no provider', sha1(`0370${KEY}`), 'sha1(did + key): provider_id is missing'],
    ['no key', sha1('120370'), 'sha1(provider_id + did): the key is missing'],
    ['the key alone', sha1(KEY), 'sha1(key): provider_id is missing; did is missing'],
    [
      'a key that is not set',
      sha1('120370undefined'),
      'sha1(provider_id + did + "undefined"): the key was hashed as the text "undefined", as of a variable that is not set',
    ],
    [
      'a number that is not set',
      sha1(`12null${KEY}`),
      'sha1(provider_id + "null" + key): did was hashed as the text "null", as of a variable that is not set',
    ],
    ['did twice', sha1(`1203700370${KEY}`), 'sha1(provider_id + did + did + key): did is in it twice'],
    ['u in front', sha1(`admin120370${KEY}`), 'sha1(u + provider_id + did + key): u takes no part'],
    ['p before the key', sha1(`120370pass${KEY}`), 'sha1(provider_id + did + p + key): p takes no part'],
    ['the comment behind', sha1(`120370${KEY}note`), 'sha1(provider_id + did + key + comment): comment takes no part'],
    ['the header', sha1(`120370X-A${KEY}`), 'sha1(provider_id + did + custom_sip_header + key): custom_sip_header takes no part'],
    ['u instead of did', sha1(`12admin${KEY}`), 'sha1(provider_id + u + key): did is missing; u takes no part'],
    [
      "another user's key",
      sha1('120370reseller-key'),
      "sha1(provider_id + did + key): it has the key of user 5 (reseller), and must have the administrator's key",
    ],
    ['the zero lost', sha1(`12370${KEY}`), 'sha1(provider_id + did + key): did was sent as "0370" and hashed as "370", as a number'],
    [
      'with a plus',
      sha1(`12+0370${KEY}`),
      'sha1(provider_id + did + key): did was sent as "0370" and hashed as "+0370", with a plus sign in front',
    ],
    [
      'a line feed',
      sha1(`120370${KEY}\n`),
      'sha1(provider_id + did + key + "\\n"): a line feed at the end was hashed with it (echo without -n)',
    ],
    ['with &', sha1(`12&0370&${KEY}`), 'sha1(provider_id + "&" + did + "&" + key): nothing stands between the texts'],
    ['with & but before the key', sha1(`12&0370${KEY}`), 'sha1(provider_id + "&" + did + key): nothing stands between the texts'],
    ['with a comma', sha1(`12,0370,${KEY}`), 'sha1(provider_id + "," + did + "," + key): nothing stands between the texts'],
    [
      'name=value',
      sha1(`provider_id=12&did=0370&api_secret_key=${KEY}`),
      'sha1("provider_id=" + provider_id + "&did=" + did + "&api_secret_key=" + key): only the texts are hashed, without names and with nothing between them',
    ],
    [
      'HMAC',
      createHmac('sha1', KEY).update('120370').digest('hex'),
      'hmac_sha1(key, provider_id + did): it is an HMAC, and must be the plain SHA-1 of the texts with the key behind them',
    ],
    ['with :', sha1(`12:0370:${KEY}`), 'sha1(provider_id + ":" + did + ":" + key): nothing stands between the texts'],
    ['with |', sha1(`12|0370|${KEY}`), 'sha1(provider_id + "|" + did + "|" + key): nothing stands between the texts'],
    ['with -', sha1(`12-0370-${KEY}`), 'sha1(provider_id + "-" + did + "-" + key): nothing stands between the texts'],
    ['with ;', sha1(`12;0370;${KEY}`), 'sha1(provider_id + ";" + did + ";" + key): nothing stands between the texts'],
    ['with a comma but before the key', sha1(`12,0370${KEY}`), 'sha1(provider_id + "," + did + key): nothing stands between the texts'],
    [
      'with a comma but behind the key',
      sha1(`${KEY}12,0370`),
      'sha1(key + provider_id + "," + did): the key comes last; nothing stands between the texts',
    ],
    [
      'name=value, the key behind',
      sha1(`provider_id=12&did=0370${KEY}`),
      `sha1("provider_id=" + provider_id + "&did=" + did + key): ${ALONE}`,
    ],
    [
      'name=value, the key apart',
      sha1(`provider_id=12&did=0370&${KEY}`),
      `sha1("provider_id=" + provider_id + "&did=" + did + "&" + key): ${ALONE}`,
    ],
    [
      'name=value, the key as key',
      sha1(`provider_id=12&did=0370&key=${KEY}`),
      `sha1("provider_id=" + provider_id + "&did=" + did + "&key=" + key): ${ALONE}`,
    ],
    [
      'name=value with a comma',
      sha1(`provider_id=12,did=0370${KEY}`),
      `sha1("provider_id=" + provider_id + ",did=" + did + key): ${ALONE}`,
    ],
    ['an empty key', sha1('12&0370&'), 'sha1(provider_id + "&" + did + "&" + key): the key is empty; nothing stands between the texts'],
    ['a line end', sha1(`120370${KEY}\r\n`), 'sha1(provider_id + did + key + "\\r\\n"): a line end was hashed with it'],
    ['the key twice', sha1(`${KEY}120370${KEY}`), 'sha1(key + provider_id + did + key): the key is in it twice; the key comes last'],
    ['the comment and the key', sha1(`note${KEY}`), 'sha1(comment + key): provider_id is missing; did is missing; comment takes no part'],
    ['the key and the comment', sha1(`${KEY}note`), 'sha1(key + comment): provider_id is missing; did is missing; comment takes no part'],
    ['the comment alone', sha1('note'), 'sha1(comment): provider_id is missing; did is missing; the key is missing; comment takes no part'],
    ['no key, the other way round', sha1('037012'), 'sha1(did + provider_id): the key is missing; the order is provider_id, then did'],
    [
      'HMAC, the other way round',
      createHmac('sha1', KEY).update('037012').digest('hex'),
      'hmac_sha1(key, did + provider_id): the order is provider_id, then did; it is an HMAC, and must be the plain SHA-1 of the texts with the key behind them',
    ],
    [
      'three faults at once',
      sha1(`0370,12,${KEY}\n`),
      'sha1(did + "," + provider_id + "," + key + "\\n"): the order is provider_id, then did; nothing stands between the texts; a line feed at the end was hashed with it (echo without -n)',
    ],
    [
      'two faults at once',
      sha1(`0370,12,${KEY}`),
      'sha1(did + "," + provider_id + "," + key): the order is provider_id, then did; nothing stands between the texts',
    ],
  ])('%s', (_, hash, rest) => {
    expect(sentence({ ...SENT, hash })).toBe(`the hash is ${rest}`);
  });

  test.each<readonly [did: string, hashed: string, rest: string]>([
    [' 370 ', '370', 'did was sent as " 370 " and hashed as "370", without the blanks around it'],
    ['370', '0370', 'did was sent as "370" and hashed as "0370", with a leading zero'],
    ['370', '00370', 'did was sent as "370" and hashed as "00370", with two leading zeros'],
    ['370', '370\n', 'did was sent as "370" and hashed as "370\\n" (U+000A line feed at character 4), with a line feed behind'],
    ['3+7', '37', 'did was sent as "3+7" and hashed as "37", without all that is no digit'],
    [' +370', '370', 'did was sent as " +370" and hashed as "370", without its plus sign'],
    [' +00370 ', '370', 'did was sent as " +00370 " and hashed as "370", as a number'],
    ['37 1', '37+1', 'did was sent as "37 1" and hashed as "37+1", URL-encoded'],
    ['3%37+1', '37 1', 'did was sent as "3%37+1" and hashed as "37 1", URL-decoded'],
    ['3%', '3%25', 'did was sent as "3%" and hashed as "3%25", URL-encoded'],
    ['\ud800', '%EF%BF%BD', 'did was sent as "\\ud800" (U+D800 lone surrogate at character 1) and hashed as "%EF%BF%BD", URL-encoded'],
    ['370', '370 ', 'did was sent as "370" and hashed as "370 ", with a blank behind'],
    ['+370', '370', 'did was sent as "+370" and hashed as "370", without its plus sign'],
    [' 370', '+370', 'did was sent as " 370" and hashed as "+370", with a plus sign (a bare + in a query or a form is a blank: send %2B)'],
    ['+370 1', '%2B370%201', 'did was sent as "+370 1" and hashed as "%2B370%201", URL-encoded'],
    ['%2B370', '+370', 'did was sent as "%2B370" and hashed as "+370", URL-decoded'],
    ['370-12', '37012', 'did was sent as "370-12" and hashed as "37012", without all that is no digit'],
    [
      '370123456789012345678',
      '370123456789012350000',
      'did was sent as "370123456789012345678" and hashed as "370123456789012350000", rounded, as a floating-point number',
    ],
  ])('sent %j, hashed %j', (did, hashed, rest) => {
    expect(sentence({ ...SENT, did, hash: sha1(`12${hashed}${KEY}`) })).toBe(`the hash is sha1(provider_id + did + key): ${rest}`);
  });

  test.each([
    ['3 7 1', '3+7 1'],
    ['0370x', '370x'],
    ['x37', 'NaN'],
    ['37x', 'NaN'],
  ])('sent %j, hashed %j: nobody does so', (did, hashed) => {
    expect(sentence({ ...SENT, did, hash: sha1(`12${hashed}${KEY}`) })).toMatch(/^none of /);
  });

  test('texts of up to 1000 characters are treated, and up to eight parameters of theirs tried', () => {
    const zeros = (length: number): string => '370'.padStart(length, '0');
    expect(sentence({ ...SENT, did: zeros(1000), hash: sha1(`12370${KEY}`) })).toMatch(/, as a number$/);
    expect(sentence({ ...SENT, did: zeros(1001), hash: sha1(`12370${KEY}`) })).toMatch(/^none of /);
    expect(sentence({ ...SENT, comment: zeros(1000), hash: sha1(zeros(1000)) })).toMatch(/comment takes no part$/);
    expect(sentence({ ...SENT, comment: zeros(1001), hash: sha1(zeros(1001)) })).toMatch(/^none of /);
    const nine = Object.fromEntries(Array.from('bcdefghij', (name) => [name, `text ${name}`]));
    const few = { u: 'admin', provider_id: '12', did: '0370' };
    expect(sentence({ ...few, ...nine, hash: sha1('text h') })).toMatch(/h takes no part$/);
    expect(sentence({ ...few, ...nine, hash: sha1('text j') })).toMatch(/^none of /);
  });

  test('what a reseller leaves out is not treated', () => {
    const ofReseller = { u: 'reseller', did: '0370' };
    const why = 'the hash is sha1(did + key): did was sent as "0370" and hashed as';
    expect(sentence({ ...ofReseller, hash: sha1('00370reseller-key') })).toBe(`${why} "00370", with a leading zero`);
    expect(sentence({ ...ofReseller, hash: sha1('000370reseller-key') })).toBe(`${why} "000370", with two leading zeros`);
  });

  test('a provider that was named is not taken for the default one', () => {
    expect(sentence({ ...SENT, provider_id: '7', hash: sha1(`120370${KEY}`) })).toMatch(/^none of /);
  });

  test('both values tidied at once are one deviation', () => {
    expect(sentence({ ...SENT, provider_id: ' 12', did: ' 0370', hash: sha1(`120370${KEY}`) })).toBe(
      'the hash is sha1(provider_id + did + key): provider_id was sent as " 12" and hashed as "12", did was sent as " 0370" and hashed as "0370", without the blanks around it',
    );
  });

  test('a misspelt parameter', () => {
    expect(sentence({ u: 'admin', provder_id: '12', did: '0370', hash: sha1(`120370${KEY}`) })).toBe(
      'the hash is sha1(provder_id + did + key): provder_id takes no part',
    );
  });

  test('a reseller who leaves the provider out, but not out of the hash', () => {
    expect(sentence({ u: 'reseller', did: '0370', hash: sha1('120370reseller-key') })).toBe(
      'the hash is sha1(provider_id + did + key): provider_id was sent as "" and hashed as "12": what is left out is left out of the hash too',
    );
  });
});

describe('what shells and env files do', () => {
  const FORMULA = 'sha1(provider_id + did + key)';
  const RIGHT = `120370${KEY}`;

  test.each<readonly [title: string, hash: string, rest: string]>([
    [
      'sha1sum with the name of its input',
      `${sha1(RIGHT)}  -`,
      `${FORMULA}: it must be SHA-1 in lower-case hex and nothing else, not "  -" behind it, as sha1sum prints the name of its input`,
    ],
    [
      'echo into sha1sum',
      `${sha1(`${RIGHT}\n`)} -`,
      'sha1(provider_id + did + key + "\\n"): it must be SHA-1 in lower-case hex and nothing else, not " -" behind it, as sha1sum prints the name of its input; a line feed at the end was hashed with it (echo without -n)',
    ],
    [
      'echo with three words',
      sha1(`12 0370 ${KEY}\n`),
      'sha1(provider_id + " " + did + " " + key + "\\n"): nothing stands between the texts; a line feed at the end was hashed with it (echo without -n)',
    ],
    [
      'echo -n of a shell that does not know -n',
      sha1(`-n ${RIGHT}\n`),
      'sha1("-n " + provider_id + did + key + "\\n"): the shell hashed the option of `echo` too; use printf',
    ],
    [
      'echo of the Windows shell, with quotes and a blank in front of the pipe',
      sha1(`"${RIGHT}" \r\n`),
      'sha1("\\"" + provider_id + did + key + "\\" \\r\\n"): quotes around it, a blank and a line end were hashed with it: `echo` of the Windows shell keeps the quotes',
    ],
    [
      'double quotes around the key',
      sha1(`120370"${KEY}"`),
      `${FORMULA}: the key was hashed with double quotes around it, as an env file may keep them`,
    ],
    [
      'single quotes around the key',
      sha1(`120370'${KEY}'`),
      `${FORMULA}: the key was hashed with single quotes around it, as an env file may keep them`,
    ],
    [
      'a carriage return behind the key',
      sha1(`120370${KEY}\r`),
      `${FORMULA}: the key was hashed with a carriage return behind it, from a file with Windows line ends`,
    ],
    [
      'a line feed behind a key that comes first',
      sha1(`${KEY}\n120370`),
      'sha1(key + provider_id + did): the key comes last; the key was hashed with a line feed behind it, as a file or `echo` without -n has it',
    ],
    [
      'quotes and a carriage return, and the order wrong',
      sha1(`037012"${KEY}"\r`),
      'sha1(did + provider_id + key): the order is provider_id, then did; the key was hashed with double quotes around it and a carriage return behind, from an env file with Windows line ends',
    ],
    [
      'the key as a Kubernetes Secret has it',
      sha1(`120370${Buffer.from(KEY).toString('base64')}`),
      `${FORMULA}: the key was hashed in base64, as the YAML of a Kubernetes Secret has it`,
    ],
    [
      'a byte order mark in front of the key',
      sha1(`120370\uFEFF${KEY}`),
      `${FORMULA}: the key was hashed with a byte order mark (U+FEFF) in front of it`,
    ],
    [
      'quotes around the number',
      sha1(`12"0370"${KEY}`),
      `${FORMULA}: did was sent as "0370" and hashed as "\\"0370\\"", with quotes around it`,
    ],
    [
      'a carriage return behind the number',
      sha1(`120370\r${KEY}`),
      `${FORMULA}: did was sent as "0370" and hashed as "0370\\r" (U+000D carriage return at character 5), with a carriage return behind`,
    ],
    [
      'a variable of Go that is not set',
      sha1('120370<nil>'),
      'sha1(provider_id + did + "<nil>"): the key was hashed as the text "<nil>", as of a variable that is not set',
    ],
  ])('%s', (_, hash, rest) => {
    expect(sentence({ ...SENT, hash })).toBe(`the hash is ${rest}`);
  });

  test.each<readonly [title: string, key: string, hashed: string, rest: string]>([
    ['quotes that belong to the key', '"quoted key"', 'quoted key', 'the key lost the quotes around it'],
    ['a variable in the key', 'pa$word9-x', 'pa-x', 'the key lost a $ and the word behind it, as a shell or an env file expands them'],
    ['a $$ in the key', 'pa$$word', 'pa$word', 'a $$ in the key was hashed as $, as Docker Compose reads it'],
    ['a backslash in the key', 'pa\\word', 'paword', 'the key lost its backslashes, as in a shell or an env file'],
    ['a # in the key', 'pass #word', 'pass', 'the key was cut at its #, where a comment begins in an env file'],
    ['a blank in the key', 'pass word', 'pass', 'the key was cut at its first blank, as a shell cuts a word without quotes'],
    ['an & in the key', 'pass&word', 'pass', 'the key was cut at a sign that a shell or a URL reads as its own'],
    ['an = in the key', 'pass=word', 'pass', 'the key was cut at its ='],
    ['an & in the key, as XML', 'pass&word', 'pass&amp;word', 'the key was hashed with XML or HTML entities in it'],
    ['a + in the key', 'pass+word', 'pass word', 'the key was hashed URL-decoded'],
    ['a + in the key, encoded', 'pass+word', 'pass%2Bword', 'the key was hashed URL-encoded'],
    ['capitals in the key', 'PassWord', 'password', 'the key was hashed in lower case'],
    ['a key in base64', 'c2VjcmV0', 'secret', 'the key was decoded from base64 before it was hashed'],
    ['a key of digits with a zero in front', '0123', '123', 'the key was hashed as a number, without its leading zeros'],
    ['a key of digits', '12345678901234567890', '12345678901234567000', 'the key was hashed as a floating-point number'],
    [
      'a key of digits, printed by Python',
      '12345678901234567890',
      '1.2345678901234567e+19',
      'the key was hashed as a floating-point number',
    ],
  ])('%s', (_, key, hashed, rest) => {
    const world = createState({
      settings: { api_secret_key: key },
      users: [{ id: 0, username: 'admin', type: 'admin' }],
      providers: [{ id: 12 }],
    });
    const params = new Map(Object.entries({ ...SENT, hash: sha1(`120370${hashed}`) }));
    expect(explainDecision('did_create', decide('did_create', { method: 'POST', params }, world)).hash).toBe(
      `the hash is ${FORMULA}: ${rest}`,
    );
  });

  const LE = 'the text was hashed as UTF-16 (little-endian)';
  const BE = 'the text was hashed as UTF-16 (big-endian)';
  const utf16 = (text: string, isBig: boolean): Buffer => (isBig ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le'));
  const hashOf = (bytes: Buffer): string => createHash('sha1').update(bytes).digest('hex');

  test.each<readonly [title: string, hash: string, rest: string]>([
    ['UTF-16', hashOf(utf16(RIGHT, false)), `${FORMULA}: ${LE}, and must be UTF-8`],
    ['UTF-16, big-endian', hashOf(utf16(RIGHT, true)), `${FORMULA}: ${BE}, and must be UTF-8`],
    [
      'UTF-16 with a byte order mark',
      hashOf(utf16(`\uFEFF${RIGHT}`, false)),
      `${FORMULA}: ${LE} with a byte order mark in front, and must be UTF-8 without one`,
    ],
    [
      'UTF-16, big-endian, with a byte order mark',
      hashOf(utf16(`\uFEFF${RIGHT}`, true)),
      `${FORMULA}: ${BE} with a byte order mark in front, and must be UTF-8 without one`,
    ],
    [
      'a file of PowerShell',
      hashOf(utf16(`\uFEFF${RIGHT}\r\n`, false)),
      `sha1(provider_id + did + key + "\\r\\n"): a line end was hashed with it; ${LE} with a byte order mark in front, and must be UTF-8 without one`,
    ],
    ['a file of Notepad', sha1(`\uFEFF${RIGHT}`), `${FORMULA}: a byte order mark (U+FEFF) in front of the text was hashed with it`],
    [
      'UTF-16, MD5',
      createHash('md5').update(utf16(RIGHT, false)).digest('hex'),
      `md5(provider_id + did + key): it must be SHA-1 in lower-case hex and nothing else, not MD5; ${LE}, and must be UTF-8`,
    ],
  ])('%s', (_, hash, rest) => {
    expect(sentence({ ...SENT, hash })).toBe(`the hash is ${rest}`);
  });

  test('ISO-8859-1, if that makes a difference', () => {
    const text = `12ä${KEY}`;
    expect(sentence({ ...SENT, did: 'ä', hash: hashOf(Buffer.from(text, 'latin1')) })).toBe(
      `the hash is ${FORMULA}: the text was hashed as ISO-8859-1, and must be UTF-8`,
    );
  });

  test.each<readonly [did: string, provider: string, hashed: string, rest: string]>([
    [
      '1000000000000000000000',
      '12',
      '121e+21',
      'did was sent as "1000000000000000000000" and hashed as "1e+21", rounded, as a floating-point number',
    ],
    ['37061000000', '12', '123.7061e+10', 'did was sent as "37061000000" and hashed as "3.7061e+10", as a floating-point number'],
    ['37061200001', '12', '123.70612E+10', 'did was sent as "37061200001" and hashed as "3.70612E+10", as a floating-point number'],
    [
      '37061000000',
      '1',
      '1.03.7061E10',
      'provider_id was sent as "1" and hashed as "1.0", did was sent as "37061000000" and hashed as "3.7061E10", as a floating-point number',
    ],
    ['370', '1', '1.0370', 'provider_id was sent as "1" and hashed as "1.0", as a floating-point number'],
    [
      '9007199254740993',
      '12',
      '129007199254740992',
      'did was sent as "9007199254740993" and hashed as "9007199254740992", rounded, as a floating-point number',
    ],
    [
      '37061000001',
      '12',
      '122147483647',
      'did was sent as "37061000001" and hashed as "2147483647", as an integer that is too small for it',
    ],
    ['3.7061e+10', '12', '1237061000000', 'did was sent as "3.7061e+10" and hashed as "37061000000", as a whole number'],
    ['370', '12.0', '12370', 'provider_id was sent as "12.0" and hashed as "12", as a whole number'],
  ])('a float: did %s, provider %s, hashed %s', (did, provider_id, hashed, rest) => {
    expect(sentence({ ...SENT, did, provider_id, hash: sha1(`${hashed}${KEY}`) })).toBe(`the hash is ${FORMULA}: ${rest}`);
  });
});

describe('no hash was sent: no sentence', () => {
  test.each<readonly [title: string, params: Readonly<Record<string, ParamValue>>]>([
    ['by a known caller', SENT],
    ['by an unknown caller', { ...SENT, u: 'nobody' }],
    ['with a number that is not a string', { ...SENT, did: NOT_TEXT }],
    ['with nothing else', {}],
  ])('%s', (_, params) => {
    expect(sentence(params)).toBeUndefined();
  });
});

describe('hashes of another kind', () => {
  const right = `120370${KEY}`;

  test.each<readonly [kind: string, hash: string, formula: string, flaws: string]>([
    ['upper-case hex', sha1(right).toUpperCase(), 'sha1(provider_id + did + key) in upper-case hex', 'upper-case hex'],
    ['base64', digest('sha1', right, 'base64'), 'sha1(provider_id + did + key) in base64', 'base64'],
    ['MD5', digest('md5', right), 'md5(provider_id + did + key)', 'MD5'],
    ['SHA-256', digest('sha256', right), 'sha256(provider_id + did + key)', 'SHA-256'],
    ['a line feed behind', `${sha1(right)}\n`, 'sha1(provider_id + did + key)', 'blanks around it'],
    ['200 characters with the blanks', sha1(right).padEnd(200), 'sha1(provider_id + did + key)', 'blanks around it'],
    ['MD5 in base64', digest('md5', right, 'base64'), 'md5(provider_id + did + key) in base64', 'MD5, base64'],
    ['base64 without its end', digest('sha1', right, 'base64').replace('=', ''), 'sha1(provider_id + did + key) in base64', 'base64'],
  ])('%s', (_, hash, formula, flaws) => {
    expect(sentence({ ...SENT, hash })).toBe(`the hash is ${formula}: it must be SHA-1 in lower-case hex and nothing else, not ${flaws}`);
  });

  test.each<readonly [title: string, hash: ParamValue | undefined, sentence: string | undefined]>([
    ['none', undefined, undefined],
    ['empty', '', 'the hash is empty'],
    ['a list', NOT_TEXT, 'the hash is not a string, but a list, a map or a file'],
    ['too short', 'abc', 'the hash is no SHA-1 in lower-case hex: it has 3 characters, and must have 40'],
    [
      'a uniquehash',
      'a1B2c3D4e5',
      'the hash is no SHA-1 in lower-case hex: it has 10 characters, and must have 40; it looks like the uniquehash of a user, which is no hash of a request',
    ],
    ['not hex', 'g'.repeat(40), 'the hash is no SHA-1 in lower-case hex: it has other characters than 0-9 and a-f'],
    ['40 digits and one more', `${sha1(right)}0`, 'the hash is no SHA-1 in lower-case hex: it has 41 characters, and must have 40'],
    ['201 characters', sha1(right).padEnd(201), 'the hash is no SHA-1 in lower-case hex: it has 201 characters, and must have 40'],
    [
      'a sign before base64',
      `!${digest('sha1', right, 'base64')}`,
      'the hash is no SHA-1 in lower-case hex: it has 29 characters, and must have 40',
    ],
    [
      'a sign behind base64',
      `${digest('sha1', right, 'base64')}!`,
      'the hash is no SHA-1 in lower-case hex: it has 29 characters, and must have 40',
    ],
    ['a text of a megabyte', 'a'.repeat(1_000_000), 'the hash is no SHA-1 in lower-case hex: it has 1000000 characters, and must have 40'],
  ])('%s', (_, hash, expected) => {
    expect(sentence(hash === undefined ? SENT : { ...SENT, hash })).toBe(expected);
  });
});

test('a plus sign of base64 that arrived as a blank is one', () => {
  const did =
    Array.from({ length: 100 }, (_, i) => String(i)).find((one) => digest('sha1', `12${one}${KEY}`, 'base64').includes('+')) ?? '';
  const hash = digest('sha1', `12${did}${KEY}`, 'base64').replaceAll('+', ' ');
  expect(sentence({ ...SENT, did, hash })).toMatch(/^the hash is sha1\(provider_id \+ did \+ key\) in base64: /);
});

test("the recipe of the vendor's example: named as such for others, no error for those who may use it", () => {
  const hash = sha1(`12${KEY}`);
  expect(sentence({ ...SENT, hash })).toBe(
    "the hash is sha1(provider_id + key): did is missing; it is the recipe of the vendor's example, which this caller may not use (accept_hash_without_did)",
  );
  expect(sentence({ ...SENT, u: 'username', hash })).toBeUndefined();
  expect(sentence({ ...SENT, u: 'reseller', hash })).toMatch(/it is the recipe of the vendor's example/);
  expect(sentence({ ...SENT, hash: hash.toUpperCase() })).toBe(
    'the hash is sha1(provider_id + key) in upper-case hex: it must be SHA-1 in lower-case hex and nothing else, not upper-case hex; did is missing',
  );
});

test('a value that is not a string: no hash fits', () => {
  expect(sentence({ ...SENT, did: NOT_TEXT, hash: sha1('x') })).toBe('no hash fits: did is not a string, but a list, a map or a file');
});

test('what fits nothing: says of how many, within the bound', () => {
  const rest = 'recipes fits: another key, or another provider_id or did than was sent';
  const of = (said: string | undefined): number => {
    expect(said?.replace(/\d{4,5}/, 'N')).toBe(`none of N ${rest}`);
    return Number(/\d{4,5}/.exec(said ?? '')?.[0]);
  };
  expect(of(sentence({ u: 'admin', provider_id: '12', did: '0370', hash: sha1('something else') }))).toBeGreaterThan(1000);
  expect(sentence({ ...SENT, hash: sha1('something else') })).toBe(`none of the first 20000 ${rest}`);
  expect(sentence({ ...SENT, hash: digest('md5', 'something else') })).toBe(
    `it must be SHA-1 in lower-case hex and nothing else, not MD5; and none of the first 20000 ${rest}`,
  );
});

test('megabytes cost no more than a bounded number of digests', () => {
  const long = '1'.repeat(1_000_000);
  const said = sentence({ ...SENT, did: long, comment: long, hash: sha1('x') });
  expect(said).toMatch(/^none of the first \d+ recipes fits: /);
  const count = Number(/\d+/.exec(said ?? '')?.[0]);
  expect(count).toBeGreaterThan(0);
  expect(count).toBeLessThan(100);
});

describe('keys', () => {
  const sentenceIn = (api_secret_key: string, resellers: number, by: Readonly<Record<string, ParamValue>>): string | undefined => {
    const users = Array.from({ length: resellers }, (_, i) => ({
      id: i + 1,
      username: `r${String(i + 1)}`,
      type: 'reseller' as const,
      api_secret_key: `key-${String(i + 1)}`,
    }));
    const world = createState({
      settings: { api_secret_key },
      users: [{ id: 0, username: 'admin', type: 'admin' }, ...users],
      providers: [{ id: 12 }],
    });
    const request = { method: 'POST', params: new Map(Object.entries({ provider_id: '12', did: '0370', ...by })) } as const;
    return explainDecision('did_create', decide('did_create', request, world)).hash;
  };

  test('a key without the blanks around it', () => {
    expect(sentenceIn(' k ', 0, { u: 'admin', hash: sha1('120370k') })).toBe(
      'the hash is sha1(provider_id + did + key): the key lost the blanks around it',
    );
  });

  test('the key of another, where two would have fit', () => {
    expect(sentenceIn('k', 2, { u: 'r1', hash: sha1('120370key-2') })).toBe(
      "the hash is sha1(provider_id + did + key): it has the key of user 2 (reseller r2), and must have the administrator's key or the key of user 1 (reseller r1)",
    );
  });

  test('those of twenty others are tried', () => {
    expect(sentenceIn('k', 21, { u: 'admin', hash: sha1('120370key-20') })).toMatch(/it has the key of user 20/);
    expect(sentenceIn('k', 21, { u: 'admin', hash: sha1('120370key-21') })).toMatch(/^none of /);
  });
});

test.each([`x${KEY}`, 'comment\u200b', 'c'.repeat(61), 'a"b'])('a parameter called %j is not tried', (name) => {
  expect(sentence({ ...SENT, [name]: 'odd', hash: sha1(`120370odd${KEY}`) })).toMatch(/^none of /);
});

test('no sentence where the hash fits, and none shows a key', () => {
  expect(sentence({ ...SENT, hash: sha1(`120370${KEY}`) })).toBeUndefined();
  expect(sentence({ ...SENT, did: `1${KEY}`, hash: sha1(`12 1${KEY}${KEY}`) })).toBe(
    'the hash is sha1(provider_id + did + key): did was sent as "1***" and hashed as " 1***", with a blank in front',
  );
});

/** By `printf '%s' TEXT | md5sum` and its like, and `openssl dgst -sha1 -hmac KEY`. */
test.each([
  ['5786eab716295401c073064c3ec82a44', 'md5(text)'],
  ['1ddca08050786f81b2b5edbeaa0bbcbd7da5c23971a45fbe27ebb87df9b2b8ae', 'sha256(text)'],
  ['97e1f53ead386873303d86ea30e17e17b1fc6e16', 'hmac_sha1(key, text)'],
])('a letter beyond ASCII: %s is %s', (sent, formula) => {
  expect(diagnose({ sent, params: [{ name: 'text', text: 'ą' }] })).toContain(`the hash is ${formula}: `);
});

describe('calls that hash other parameters', () => {
  const named = (...names: readonly string[]): readonly Param[] => names.map((name) => ({ name, text: `<${name}>` }));

  test.each<readonly [title: string, mismatch: Partial<HashMismatch>, expected: string]>([
    [
      'the key alone, and the caller hashed with it',
      { sent: sha1('<u>key'), otherParams: named('u') },
      'the hash is sha1(u + key): u takes no part',
    ],
    [
      'the key alone, and caller and password hashed with it',
      { sent: sha1('<u><p>key'), otherParams: named('u', 'p') },
      'the hash is sha1(u + p + key): u takes no part; p takes no part',
    ],
    ['the key alone, and nothing hashed', { sent: sha1('') }, 'the hash is sha1(""): the key is missing'],
    ['the key alone, and another one hashed', { sent: sha1('other') }, 'none of N recipes fits: another key'],
    [
      'six parameters by name, the key last',
      { sent: sha1('<a><b><c><d><e><f>key'), params: named('f', 'e', 'd', 'c', 'a', 'b') },
      'the hash is sha1(a + b + c + d + e + f + key): the order is f, then e, then d, then c, then a, then b',
    ],
    [
      'ten parameters, two of them swapped',
      { sent: sha1('<b><a><c><d><e><f><g><h><i><j>key'), params: named(...Array.from('abcdefghij')) },
      'the hash is sha1(b + a + c + d + e + f + g + h + i + j + key): the order is a, then b, then c, then d, then e, then f, then g, then h, then i, then j',
    ],
    ['a parameter called key', { sent: sha1('key<key>'), params: named('key') }, 'the hash is sha1(key + key): the key comes last'],
  ])('%s', (_, mismatch, expected) => {
    expect(diagnose(mismatch)?.replace(/\d{3,5}(?= recipes)/, 'N')).toBe(expected);
  });

  test('many parameters cost no more than the limit', () => {
    expect(
      diagnose({ sent: sha1('x'), params: named(...Array.from('abcdefghijkl')), otherParams: named(...Array.from('mnopqrstuv')) }),
    ).toMatch(/^none of the first 20000 recipes fits: another key, or another a or b or /);
  });
});
