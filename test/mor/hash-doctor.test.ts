import { createHash, createHmac } from 'node:crypto';
import { decide } from '../../src/mor/calls/index.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';
import { worldOf } from '../support/pure-call.ts';
import { sha1 } from '../../src/contract/signed.ts';

const KEY = 'admin-key';

const WORLD = worldOf({
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
  return decide('did_create', { method: 'POST', params: new Map(Object.entries(params)) }, WORLD).explain().hash;
}

const digest = (name: string, text: string, encoding: 'hex' | 'base64' = 'hex'): string => createHash(name).update(text).digest(encoding);

describe('what was hashed', () => {
  test.each<readonly [text: string, hash: string, sentence: string]>([
    ['did, provider_id, key', sha1(`037012${KEY}`), 'sha1(did + provider_id + key): the order is provider_id, then did'],
    ['key first', sha1(`${KEY}120370`), 'sha1(key + provider_id + did): the key comes last'],
    ['all the other way round', sha1(`${KEY}037012`), 'sha1(key + did + provider_id): the order is provider_id, then did, then the key'],
    ['no provider', sha1(`0370${KEY}`), 'sha1(did + key): provider_id is missing'],
    ['no key', sha1('120370'), 'sha1(provider_id + did): the key is missing'],
    ['the key alone', sha1(KEY), 'sha1(key): provider_id is missing; did is missing'],
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

describe('hashes of another kind', () => {
  const right = `120370${KEY}`;

  test.each<readonly [kind: string, hash: string, formula: string, flaws: string]>([
    ['upper-case hex', sha1(right).toUpperCase(), 'sha1(provider_id + did + key) in upper-case hex', 'upper-case hex'],
    ['base64', digest('sha1', right, 'base64'), 'sha1(provider_id + did + key) in base64', 'base64'],
    ['MD5', digest('md5', right), 'md5(provider_id + did + key)', 'MD5'],
    ['SHA-256', digest('sha256', right), 'sha256(provider_id + did + key)', 'SHA-256'],
    ['a line feed behind', `${sha1(right)}\n`, 'sha1(provider_id + did + key)', 'blanks around it'],
  ])('%s', (_, hash, formula, flaws) => {
    expect(sentence({ ...SENT, hash })).toBe(`the hash is ${formula}: it must be SHA-1 in lower-case hex and nothing else, not ${flaws}`);
  });

  test.each<readonly [title: string, hash: ParamValue | undefined, sentence: string]>([
    ['none', undefined, 'no hash was sent'],
    ['empty', '', 'the hash is empty'],
    ['no text', NOT_TEXT, 'the hash is no text: a list, a map or a file'],
    ['too short', 'abc', 'the hash is no SHA-1 in lower-case hex: it has 3 characters, and must have 40'],
    ['not hex', 'g'.repeat(40), 'the hash is no SHA-1 in lower-case hex: it has other characters than 0-9 and a-f'],
    ['a text of a megabyte', 'a'.repeat(1_000_000), 'the hash is no SHA-1 in lower-case hex: it has 1000000 characters, and must have 40'],
  ])('%s', (_, hash, expected) => {
    expect(sentence(hash === undefined ? SENT : { ...SENT, hash })).toBe(expected);
  });
});

test("the recipe of the vendor's example: told as such to whom it is not for, no fault for whom it is", () => {
  const hash = sha1(`12${KEY}`);
  expect(sentence({ ...SENT, hash })).toBe(
    "the hash is sha1(provider_id + key): did is missing; it is the recipe of the vendor's example, which this caller may not use (accept_hash_without_did)",
  );
  expect(sentence({ ...SENT, u: 'username', hash })).toBeUndefined();
});

test('a value that is no text: no hash fits', () => {
  expect(sentence({ ...SENT, did: NOT_TEXT, hash: sha1('x') })).toBe('no hash fits: did is no text, but a list, a map or a file');
});

test('what fits nothing: says of how many, within the bound', () => {
  const [, count = ''] =
    /^none of (?:the first )?(\d+) recipes fits: /.exec(sentence({ ...SENT, hash: sha1('something else') }) ?? '') ?? [];
  expect(Number(count)).toBeGreaterThan(1000);
  expect(Number(count)).toBeLessThanOrEqual(10_000);
});

test('megabytes cost no more than a bounded number of digests', () => {
  const long = '1'.repeat(1_000_000);
  const [, count = ''] =
    /^none of the first (\d+) recipes fits: /.exec(sentence({ ...SENT, did: long, comment: long, hash: sha1('x') }) ?? '') ?? [];
  expect(Number(count)).toBeLessThan(100);
});

test('no sentence where the hash fits, and none shows a key', () => {
  expect(sentence({ ...SENT, hash: sha1(`120370${KEY}`) })).toBeUndefined();
  expect(sentence({ ...SENT, did: `1${KEY}`, hash: sha1(`12 1${KEY}${KEY}`) })).toBe(
    'the hash is sha1(provider_id + did + key): did was sent as "1***" and hashed as " 1***", with a blank in front',
  );
});
