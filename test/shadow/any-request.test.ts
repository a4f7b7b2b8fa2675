/** Any request through a shadow whose mock has the world of its target: both agree, no secret is reported, and every case that is recorded holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RawRequest } from '../../src/contract/exchange.ts';
import { sha1 } from '../../src/contract/signed.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';
import { anyText, wellFormed } from '../support/any-text.ts';
import { failedIn } from './replay.ts';
import { ownFolder, realMock, sendTo, shadowed } from './shadowed.ts';

const KEY = 'k3y-of-the-administrator';

const WORLD = {
  settings: { api_secret_key: KEY, allow_get_api: true },
  users: [
    { id: 0, username: 'admin', type: 'admin' as const },
    { id: 6, username: 'old', type: 'admin' as const, accept_hash_without_did: true },
    { id: 7, username: '{did}', type: 'admin' as const },
  ],
  providers: [{ id: 1 }],
};

const NAMES = ['u', 'provider_id', 'did', 'hash', 'custom_sip_header', 'comment', 'reseller_comment', 'test', 'p', 'did[]', 'u[a]'];

const anyValue = fc.oneof(
  anyText(),
  fc.constantFrom('admin', 'old', '{did}', '1', '370', '{key}', '{sha1:x}', '{', '}', '----mock-mor-recorded', KEY, `a${KEY}b`, sha1(KEY)),
  fc.integer({ min: 0, max: 30 }).map(String),
);

/** A call that is good but for what is put in its way: so that more than the first checks are reached. */
const anyParams = fc
  .record({
    u: fc.constantFrom('admin', 'old', '{did}', 'nobody'),
    provider_id: fc.constantFrom('1', ' 01', '2', '{u}'),
    did: fc.oneof(fc.integer({ min: 0, max: 30 }).map(String), anyValue),
    recipe: fc.constantFrom('rule', 'rule', 'old', 'wrong', 'none'),
    others: fc.array(
      fc.tuple(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: anyText() }), anyValue),
      { maxLength: 3 },
    ),
  })
  .map(({ recipe, others, ...good }): readonly (readonly [string, string])[] => {
    const did = wellFormed(good.did);
    const hash = { rule: sha1(good.provider_id + did + KEY), old: sha1(good.provider_id + KEY), wrong: sha1('x'), none: undefined }[recipe];
    return [...Object.entries({ ...good, did }), ...(hash === undefined ? [] : [['hash', hash] as const]), ...others];
  });

const encoded = (pairs: readonly (readonly [string, string])[]): string =>
  pairs.map(([name, value]) => `${encodeURIComponent(wellFormed(name))}=${encodeURIComponent(wellFormed(value))}`).join('&');

const FORM = 'application/x-www-form-urlencoded';

const anyRequest: fc.Arbitrary<RawRequest> = fc.oneof(
  fc
    .tuple(fc.constantFrom(...TRANSPORTS), anyParams)
    .map(([by, pairs]) =>
      carried(
        Object.fromEntries(
          by === 'json' ? pairs : pairs.map(([name, value]) => [wellFormed(name).replace(/["\r\n]/g, ''), wellFormed(value)]),
        ),
        by,
      ),
    ),
  anyParams.map((pairs) => ({ query: encoded(pairs) })),
  anyParams.map((pairs) => ({ method: 'GET', query: encoded(pairs) })),
  fc.tuple(anyParams, anyParams).map(([query, body]) => ({ query: encoded(query.slice(0, 2)), body: encoded(body), type: FORM })),
  anyParams.map((pairs) => ({
    body: JSON.stringify(Object.fromEntries(pairs.map(([name, value]) => [name, /^[1-9]\d*$/.test(value) ? Number(value) : value]))),
    type: 'application/json',
  })),
);

test('300 requests', async () => {
  const record = join(ownFolder(), 'record.yaml');
  const { url, verdicts, entries, shadow } = await shadowed((await realMock(WORLD)).url, WORLD, { record });
  const requests = fc.sample(anyRequest, { numRuns: 300, seed: 20261124 });
  for (const request of requests) await sendTo(url, request);

  expect((await verdicts()).filter(({ verdict }) => verdict !== 'same')).toEqual([]);
  const { same, recorded, skipped } = shadow.counts;
  expect({ same, all: recorded + skipped }).toEqual({ same: 300, all: 300 });
  // What cannot be written down is rare even here.
  expect(skipped).toBeLessThan(60);
  const told = entries.map((entry) => JSON.stringify(entry)).join('\n') + readFileSync(record, 'utf8');
  expect([KEY, sha1(KEY), sha1('x'), sha1(`1${KEY}`)].filter((secret) => told.includes(secret))).toEqual([]);
  expect(await failedIn(record)).toEqual([]);
  const outcomes = new Set(entries.flatMap(({ verdict, outcome }) => (verdict === 'same' && outcome !== undefined ? [outcome] : [])));
  expect([...outcomes]).toEqual(
    expect.arrayContaining([
      'DID created',
      'DID already exists',
      'Incorrect hash',
      'Access Denied',
      'Invalid DID specified',
      'Provider was not found',
    ]),
  );
}, 60_000);
