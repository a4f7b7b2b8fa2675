/** A mock that poses as a real server: nothing of its world is known but what the profile tells. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FaultInput, FixturesInput, MockMor } from '../../src/index.ts';
import { listCases, loadCases } from '../../src/contract/table.ts';
import { CALLS } from '../../src/mor/calls/index.ts';
import { Client } from '../../src/verify/client.ts';
import type { LoadedProfile } from '../../src/verify/profile.ts';
import type { CaseResult } from '../../src/verify/result.ts';
import { runCases, selectCases, type RunOutcome } from '../../src/verify/run.ts';
import { MadeList } from '../../src/verify/made-list.ts';
import { probe } from '../../src/verify/probe.ts';
import { ServerTarget } from '../../src/verify/server-target.ts';
import { describeSettings } from '../../src/verify/describe-settings.ts';
import { withMock } from '../support/mock.ts';
import { CALLERS, PROFILE, WORLD } from './posed-server.ts';

const TABLES = new Map(CALLS.map(({ name }) => [name, loadCases(name)]));
const ALL = CALLS.flatMap((call) => listCases(call, loadCases(call.name)));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-server-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Verified extends RunOutcome {
  /** The rows of the list of what was made, without its header. */
  readonly made: readonly { readonly did: string; readonly id: string }[];
  /** Numbers that were made though none should have been. */
  readonly harm: readonly string[];
}

async function verified(mor: MockMor, { allowWrites = false, profile = PROFILE, only = '' } = {}): Promise<Verified> {
  const file = join(folder, 'made.csv');
  const harm: string[] = [];
  const client = new Client({ baseUrl: await mor.listen(), timeoutMs: 5000 });
  const madeList = allowWrites ? new MadeList(file, 'this') : undefined;
  const target = new ServerTarget(client, TABLES, profile, { madeList, onHarm: (did) => harm.push(did) });
  const cases = selectCases(ALL, only === '' ? undefined : only);
  try {
    const outcome = await runCases(target, cases, { isStrict: false, signal: new AbortController().signal, shown: (text) => text });
    const rows = allowWrites ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(1) : [];
    const made = rows.map((row) => /^this,(?<did>[^,]*),(?<id>[^,]*)$/.exec(row)?.groups as { did: string; id: string });
    return { ...outcome, made, harm };
  } finally {
    client.close();
  }
}

const titled = (results: readonly CaseResult[], status: CaseResult['status']): readonly string[] =>
  results
    .filter((result) => result.status === status)
    .map(({ call, rule, title, reason, differences }) => JSON.stringify([call, rule, title, reason, differences]));

describe('a server that keeps the contract', () => {
  test('without writes -> every case that runs passes, nothing changes there', async () => {
    await withMock(WORLD, async (mor) => {
      const { results, harm } = await verified(mor);
      expect(titled(results, 'differs')).toEqual([]);
      expect(titled(results, 'failed')).toEqual([]);
      expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(150);
      expect(harm).toEqual([]);
      expect(mor.settings().next_did_id).toBe(901);
      expect(mor.countDids()).toBe(2);
    });
  });

  test.each([
    ['did_close', 2],
    ['dids_get', 10],
  ])('%s -> what can change nothing runs, even with writes, and the rest says why not', async (only, least) => {
    await withMock(WORLD, async (mor) => {
      const before = mor.dids();
      const { results, harm } = await verified(mor, { allowWrites: true, only });
      expect([titled(results, 'differs'), titled(results, 'failed'), harm]).toEqual([[], [], []]);
      expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThanOrEqual(least);
      expect(results.filter(({ status, reason }) => status === 'skipped' && reason === undefined)).toEqual([]);
      expect(mor.dids()).toEqual(before);
    });
  });

  test('with writes -> more pass, every skip says its reason, and all that was made is under the prefix and listed', async () => {
    await withMock(WORLD, async (mor) => {
      const { results, made } = await verified(mor, { allowWrites: true, only: 'did_create' });
      expect(titled(results, 'differs')).toEqual([]);
      expect(titled(results, 'failed')).toEqual([]);
      expect(results.filter(({ status }) => status === 'passed').length).toBeGreaterThan(280);
      const there = mor.dids({ created: true });
      // Every number that was named is listed; the id tells which of several in one request was made.
      expect(made.filter(({ id }) => id !== 'unknown')).toEqual(there.map(({ did, id }) => ({ did, id: String(id) })));
      expect(made.filter(({ did }) => !/^"?3709/.test(did))).toEqual([]);
      expect(there.length).toBeGreaterThan(80);
      expect(there.filter(({ did }) => !did.startsWith('3709'))).toEqual([]);

      const passed = new Set(results.filter(({ status }) => status === 'passed').map(({ rule }) => rule));
      // What only other settings, or ids known beforehand, could show.
      expect([...new Set(results.map(({ rule }) => rule))].filter((rule) => !passed.has(rule))).toEqual([
        'hash.empty-key',
        'hash.unchecked',
        'check.api-disabled.global',
        'check.secret-key-missing',
        'check.ids-end',
        'answer.response-type',
        'answer.error-envelope',
        'answer.dialect',
        'effect.owner',
        'effect.id',
        'client.status-at-root',
      ]);
      const skipped = results.filter(({ status }) => status === 'skipped');
      expect(skipped.filter(({ reason = '' }) => !/^(?:needs|is about|set as|would make) /.test(reason))).toEqual([]);
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
      const { results, harm } = await verified(mor);
      expect(titled(results, 'differs')).not.toEqual([]);
      expect(harm).toEqual([]);
      expect(mor.dids({ created: true })).toEqual([]);
    });
  });
});

describe('where real servers are known to differ', () => {
  test('envelope, dialect and response type -> passed, distinguished, and the settings named', async () => {
    const settings = { ...WORLD.settings, error_envelope: 'bare', dialect: 'legacy', response_type: 'attachment_html' } as const;
    await withMock({ ...WORLD, settings }, async (mor) => {
      const { results } = await verified(mor);
      expect(titled(results, 'differs')).toEqual([]);
      expect(new Set(results.flatMap(({ notes }) => notes.map(({ aspect }) => aspect)))).toEqual(
        new Set(['headers', 'envelope', 'dialect']),
      );
      expect(describeSettings(results)).toEqual(['error_envelope: bare', 'dialect: legacy', 'response_type: attachment_html']);
    });
  });

  test('a server like the page -> no settings', async () => {
    await withMock(WORLD, async (mor) => {
      expect(describeSettings((await verified(mor, { only: 'check.hash-incorrect' })).results)).toEqual([]);
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
      { callers: CALLERS.slice(0, 1), providers: PROFILE.providers.filter(({ owner }) => owner === 'administrator'), dids: [] },
      /needs among the callers a reseller/,
    ],
    ['no number and no prefix', { dids: [], prefix: undefined }, /needs a number that is there: name one among the dids of the profile/],
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

describe('what goes wrong on the way', () => {
  test('answers that get lost -> the run ends soon, and the numbers are listed as ones that may be there', async () => {
    await withMock(WORLD, async (mor) => {
      mor.addFault({ connection: 'reset', phase: 'after', times: 'always' });
      const { results, endedBy, made } = await verified(mor, { allowWrites: true, only: 'effect' });
      expect(results.filter(({ status }) => status === 'failed')).toHaveLength(3);
      expect(endedBy).toMatch(/^3 cases in a row could not be judged/);
      expect(new Set(made.map(({ id }) => id))).toEqual(new Set(['unknown']));
      expect(made.map(({ did }) => did)).toEqual(mor.dids({ created: true }).map(({ did }) => did));
    });
  });

  test.each<[title: string, fault: FaultInput]>([
    ['a proxy that fails after the call', { http: { status: 502 }, phase: 'after', times: 'always' }],
    ['an answer cut off', { connection: 'truncated', phase: 'after', times: 'always' }],
  ])('%s -> what was made is listed', async (_, fault) => {
    await withMock(WORLD, async (mor) => {
      mor.addFault(fault);
      const { made } = await verified(mor, { allowWrites: true, only: 'client' });
      expect(made.map(({ did }) => did)).toEqual(expect.arrayContaining(mor.dids({ created: true }).map(({ did }) => did)));
      expect(made.length).toBeGreaterThan(0);
    });
  });

  test('nobody there -> nothing is listed', async () => {
    await withMock(WORLD, async (mor) => {
      const client = new Client({ baseUrl: await mor.listen(), timeoutMs: 5000 });
      await mor.close();
      const madeList = new MadeList(join(folder, 'none.csv'), 'this');
      const target = new ServerTarget(client, TABLES, PROFILE, { madeList, onHarm: () => undefined });
      const options = { isStrict: false, signal: new AbortController().signal, shown: (text: string) => text };
      const { endedBy } = await runCases(target, selectCases(ALL, 'effect'), options);
      expect(endedBy).toMatch(/ECONNREFUSED/);
      expect(readFileSync(join(folder, 'none.csv'), 'utf8')).toBe('run,did,id\n');
    });
  });

  test('a list that cannot be written any more -> nothing more is sent', async () => {
    await withMock(WORLD, async (mor) => {
      const client = new Client({ baseUrl: await mor.listen(), timeoutMs: 5000 });
      const madeList = new MadeList(join(folder, 'made.csv'), 'this');
      const target = new ServerTarget(client, TABLES, PROFILE, { madeList, onHarm: () => undefined });
      mkdirSync(join(folder, 'made.csv.tmp'));
      const options = { isStrict: false, signal: new AbortController().signal, shown: (text: string) => text };
      const { endedBy } = await runCases(target, selectCases(ALL, 'effect.found'), options);
      client.close();
      expect(endedBy).toMatch(/^the list of what is made cannot be written, so nothing more is sent/);
      expect(mor.requests().requests).toEqual([]);
    });
  });

  test('a server that makes a number it should have refused -> reported, and nothing more is sent', async () => {
    await withMock(WORLD, async (mor) => {
      // The profile says that a number is there which is not, and who may not manage DIDs there may.
      const users = WORLD.users?.map((user) =>
        user.username === 'clerk' ? { ...user, permissions: { manage_dids: 'edit' as const } } : user,
      );
      mor.replaceFixtures({ ...WORLD, users: users as FixturesInput['users'], dids: [] });
      const { endedBy, harm, results } = await verified(mor, { only: 'check.dids-not-manageable' });
      expect(harm).toEqual(['37061110001']);
      expect(endedBy).toBe('the server has carried out a did_create that it should have refused; nothing more is sent');
      expect(results).toHaveLength(1);
    });
  });
});

describe('the first call', () => {
  const probed = async (mor: MockMor, change: Partial<LoadedProfile> = {}, path = ''): Promise<void> => {
    const base_url = `${await mor.listen()}${path}`;
    const client = new Client({ baseUrl: base_url, timeoutMs: 5000 });
    await probe(client, { ...PROFILE, ...change, base_url }, (text) => text).finally(() => client.close());
    await mor.close();
  };

  test('all is right -> nothing is said, and nothing is made', async () => {
    await withMock(WORLD, async (mor) => {
      await probed(mor);
      expect(mor.dids({ created: true })).toEqual([]);
    });
  });

  test.each<[title: string, world: FixturesInput, change: Partial<LoadedProfile>, path: string, message: RegExp]>([
    ['a wrong key', WORLD, { keys: new Map([['A', 'other']]) }, '', /answered "Incorrect hash": the key that the profile takes for "boss"/],
    [
      'an unknown caller',
      { ...WORLD, users: [], providers: [], dids: [], settings: {} },
      {},
      '',
      /answered "Access Denied": "boss" is no user there/,
    ],
    ['the API off', { ...WORLD, settings: { ...WORLD.settings, allow_api: false } }, {}, '', /the API is switched off there/],
    ['another path', WORLD, {}, '/elsewhere', /no answer of MOR comes from .*\/elsewhere\/billing\/api\/dids_get, but status 404/],
  ])('%s -> reported in one line', async (_, world, change, path, message) => {
    await withMock(world, async (mor) => {
      await expect(probed(mor, change, path)).rejects.toThrow(message);
    });
  });
});
