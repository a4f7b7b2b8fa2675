/** A mock that poses as a real server: nothing of its world is known but what the profile tells. */
import type { FixturesInput, MockMor } from '../../src/index.ts';
import { shippedCases } from '../../src/contract/table.ts';
import { Client } from '../../src/verify/client.ts';
import type { LoadedProfile } from '../../src/verify/profile.ts';
import type { CaseResult } from '../../src/verify/result.ts';
import { casesMeant, runCases } from '../../src/verify/run.ts';
import { ServerTarget, type MadeNumber } from '../../src/verify/server-target.ts';
import { settingsTold } from '../../src/verify/told-settings.ts';
import { withMock } from '../support/mock.ts';

const KEY = 'k-$e&c<r>"et';
const SHOP_KEY = 'sh op-key';

/** What really is there: other names, ids and keys than those of the table. */
const WORLD: FixturesInput = {
  settings: { api_secret_key: KEY, default_did_provider_id: 21 },
  users: [
    { id: 0, username: 'boss', type: 'admin' },
    { id: 3, username: 'clerk', type: 'accountant', permissions: { manage_dids: 'read' } },
    { id: 4, username: 'editor', type: 'accountant', permissions: { manage_dids: 'edit' } },
    { id: 5, username: 'shop', type: 'reseller', own_providers: true, allow_api: true, api_secret_key: SHOP_KEY },
    { id: 6, username: 'corner', type: 'reseller' },
    { id: 8, username: 'joe', type: 'user' },
    { id: 9, username: 'jane', type: 'user', owner_id: 5 },
  ],
  providers: [{ id: 11 }, { id: 21 }, { id: 12, user_id: 5 }, { id: 13, hidden: true }, { id: 14, user_id: 6 }],
  dids: [
    { id: 1, did: '37061110001', provider_id: 11 },
    { id: 900, did: '37061110002', provider_id: 12, reseller_id: 5 },
  ],
};

const caller = (username: string, type: LoadedProfile['callers'][number]['type'], more: object = {}): LoadedProfile['callers'][number] => ({
  username,
  type,
  manage_dids: 'none',
  own_providers: false,
  allow_api: false,
  disable_hash_checking: false,
  accept_hash_without_did: false,
  owner: 'administrator',
  ...more,
});

const PROFILE: LoadedProfile = {
  base_url: 'http://127.0.0.1',
  key_from: 'A',
  keys: new Map([
    ['A', KEY],
    ['B', SHOP_KEY],
  ]),
  settings: {
    allow_api: true,
    allow_get_api: false,
    disable_hash_checking: false,
    accept_hash_without_did: false,
    resellers_can_add_their_own_dids: true,
    default_did_provider_id: 21,
    max_did_length: 255,
  },
  callers: [
    caller('boss', 'admin'),
    caller('clerk', 'accountant', { manage_dids: 'read' }),
    caller('editor', 'accountant', { manage_dids: 'edit' }),
    caller('shop', 'reseller', { own_providers: true, allow_api: true, key_from: 'B' }),
    caller('corner', 'reseller'),
    caller('joe', 'user'),
    caller('jane', 'user', { owner: 'shop' }),
  ],
  providers: [
    { id: 11, owner: 'administrator', hidden: false },
    { id: 21, owner: 'administrator', hidden: false },
    { id: 12, owner: 'shop', hidden: false },
    { id: 13, owner: 'administrator', hidden: true },
    { id: 14, owner: 'corner', hidden: false },
  ],
  dids: [
    { did: '37061110001', owner: 'administrator' },
    { did: '37061110002', owner: 'shop' },
  ],
  unused_provider_id: 2147483647,
  prefix: '3709',
  not_available: {},
};

interface Verified {
  readonly results: readonly CaseResult[];
  readonly made: readonly MadeNumber[];
}

async function verified(mor: MockMor, { allowWrites = false, profile = PROFILE, only = '' } = {}): Promise<Verified> {
  const made: MadeNumber[] = [];
  const client = new Client({ baseUrl: await mor.listen(), timeoutMs: 5000 });
  const table = shippedCases();
  const target = new ServerTarget(client, table, profile, { allowWrites, startedAt: 0, onMade: (one) => made.push(one) });
  const cases = casesMeant(table, only === '' ? undefined : only);
  try {
    const results = await runCases(target, cases, { isStrict: false, signal: new AbortController().signal, shown: (text) => text });
    return { results, made };
  } finally {
    client.close();
  }
}

const titled = (results: readonly CaseResult[], status: CaseResult['status']): readonly string[] =>
  results
    .filter((result) => result.status === status)
    .map(({ rule, title, reason, differences }) => JSON.stringify([rule, title, reason, differences]));

describe('a server that keeps the contract', () => {
  test('without writes -> every case that runs passes, nothing changes there', async () => {
    await withMock(WORLD, async (mor) => {
      const { results, made } = await verified(mor);
      expect(titled(results, 'differs')).toEqual([]);
      expect(titled(results, 'failed')).toEqual([]);
      expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(150);
      expect(made).toEqual([]);
      expect(mor.settings().next_did_id).toBe(901);
      expect(mor.countDids()).toBe(2);
    });
  });

  test('with writes -> more pass, every skip says its reason, and all that was made is under the prefix and listed', async () => {
    await withMock(WORLD, async (mor) => {
      const { results, made } = await verified(mor, { allowWrites: true });
      expect(titled(results, 'differs')).toEqual([]);
      expect(titled(results, 'failed')).toEqual([]);
      expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(330);
      const there = mor.dids({ created: true });
      expect(made).toEqual(there.map(({ did, id }) => ({ did, id: String(id) })));
      expect(there.length).toBeGreaterThan(100);
      expect(there.filter(({ did }) => !did.startsWith('3709'))).toEqual([]);

      const passed = new Set(results.filter(({ status }) => status === 'passed').map(({ rule }) => rule));
      // What only other settings, or ids known beforehand, could show.
      expect([...new Set(results.map(({ rule }) => rule))].filter((rule) => !passed.has(rule))).toEqual([
        'hash.without-did',
        'hash.empty-key',
        'check.secret-key-missing',
        'answer.response-type',
        'answer.error-envelope',
        'answer.dialect',
        'effect.id',
        'client.status-at-root',
      ]);
      const skipped = results.filter(({ status }) => status === 'skipped');
      expect(skipped.filter(({ reason = '' }) => !/^(?:needs|is about|set as) /.test(reason))).toEqual([]);
    });
  });
});

describe('a server that breaks rules', () => {
  const settings = { ...WORLD.settings };
  const broken: readonly (readonly [title: string, world: FixturesInput])[] = [
    ['checks no hash', { ...WORLD, settings: { ...settings, disable_hash_checking: true } }],
    ['takes the hash without the number', { ...WORLD, settings: { ...settings, accept_hash_without_did: true } }],
    ['allows GET', { ...WORLD, settings: { ...settings, allow_get_api: true } }],
    [
      'lets everybody do everything',
      {
        ...WORLD,
        dids: [
          { did: '37061110001', provider_id: 11 },
          { did: '37061110002', provider_id: 11 },
        ],
        users: WORLD.users?.map(({ id, username }) => ({ id, username, type: 'admin' as const })) ?? [],
      },
    ],
    ['hides no provider', { ...WORLD, providers: WORLD.providers?.map((row) => ({ ...row, hidden: false })) ?? [] }],
    ['gives every provider to the administrator', { ...WORLD, providers: WORLD.providers?.map(({ id }) => ({ id })) ?? [] }],
  ];

  test.each(broken)('it %s -> seen, and without writes nothing is made there', async (_, world) => {
    await withMock(world, async (mor) => {
      const { results, made } = await verified(mor);
      expect(titled(results, 'differs')).not.toEqual([]);
      expect(made).toEqual([]);
      expect(mor.dids({ created: true })).toEqual([]);
    });
  });
});

describe('where real servers are known to differ', () => {
  test('envelope, dialect and response type -> passed, told apart, and the settings named', async () => {
    const settings = { ...WORLD.settings, error_envelope: 'bare', dialect: 'legacy', response_type: 'attachment_html' } as const;
    await withMock({ ...WORLD, settings }, async (mor) => {
      const { results } = await verified(mor);
      expect(titled(results, 'differs')).toEqual([]);
      expect(new Set(results.flatMap(({ notes }) => notes.map(({ aspect }) => aspect)))).toEqual(
        new Set(['headers', 'envelope', 'dialect']),
      );
      expect(settingsTold(results)).toEqual(['error_envelope: bare', 'dialect: legacy', 'response_type: attachment_html']);
    });
  });

  test('a server like the page -> no settings', async () => {
    await withMock(WORLD, async (mor) => {
      expect(settingsTold((await verified(mor, { only: 'check.hash-incorrect' })).results)).toEqual([]);
    });
  });
});

describe('what is not available', () => {
  test('a rule, and a family of rules -> skipped with the reason', async () => {
    await withMock(WORLD, async (mor) => {
      const profile = { ...PROFILE, not_available: { 'hash.exact': 'a proxy lowers hashes', request: 'closed' } };
      const { results } = await verified(mor, { profile });
      const reasons = (rule: string): ReadonlySet<string | undefined> =>
        new Set(results.filter((result) => result.rule.startsWith(rule)).map(({ reason }) => reason));
      expect(reasons('hash.exact')).toEqual(new Set(['not available: a proxy lowers hashes']));
      expect(reasons('request.')).toEqual(new Set(['not available: closed']));
    });
  });

  test.each<[title: string, change: Partial<LoadedProfile>, reason: RegExp]>([
    [
      'no reseller',
      { callers: [caller('boss', 'admin')], providers: PROFILE.providers.filter(({ owner }) => owner === 'administrator'), dids: [] },
      /needs among the callers a reseller/,
    ],
    ['no number and no prefix', { dids: [], prefix: undefined }, /needs a number that nobody has: give a prefix/],
    [
      'no hidden provider',
      { providers: PROFILE.providers.filter(({ hidden }) => !hidden) },
      /needs a provider that is hidden, the administrator's/,
    ],
  ])('%s -> the cases that need it say so', async (_, change, reason) => {
    await withMock(WORLD, async (mor) => {
      const { results } = await verified(mor, { profile: { ...PROFILE, ...change }, only: 'check' });
      expect(titled(results, 'differs')).toEqual([]);
      expect(results.some((result) => reason.test(result.reason ?? ''))).toBe(true);
    });
  });
});

test('no answer in time -> the case failed, and the number is listed as one that may be there', async () => {
  await withMock(WORLD, async (mor) => {
    mor.addFault({ connection: 'reset', phase: 'after', times: 'always' });
    const { results, made } = await verified(mor, { allowWrites: true, only: 'effect.record' });
    expect(results.filter(({ status }) => status === 'failed').length).toBeGreaterThan(5);
    expect(new Set(made.map(({ id }) => id))).toEqual(new Set(['unknown']));
    expect(made.map(({ did }) => did)).toEqual(mor.dids({ created: true }).map(({ did }) => did));
  });
});
