import { readdirSync } from 'node:fs';
import { callTexts as resolveParams, buildRequest, worldWith as caseFixtures } from '../../src/contract/case-request.ts';
import { expectPlain4xx, xmlAnswer } from '../support/expected-answer.ts';
import { callErrorXml, LEGACY_SUCCESS_XML, SUCCESS_XML } from '../support/call-answers.ts';
import {
  getContractFolder,
  loadCases,
  loadRules,
  caseSteps,
  parseCases,
  type CaseTable,
  type EffectRow,
  type Expected,
} from '../../src/contract/table.ts';
import type { MockMor } from '../../src/index.ts';
import { CALLS, findCall } from '../../src/mor/calls/index.ts';
import { withMock } from '../support/mock.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';

function wholeBody(name: string, { success, error = '', bare, legacy }: Expected): string {
  if (success === undefined) return callErrorXml(name, error, bare === true);
  return (legacy === true ? LEGACY_SUCCESS_XML : SUCCESS_XML)[name]?.(success) ?? 'no XML is written for this call';
}

/** The whole answer that a case expects if it expects one of MOR. */
function wholeAnswer(name: string, expected: Expected): Answer {
  const { type, disposition } = expected;
  return { ...xmlAnswer(wholeBody(name, expected)), ...(type === undefined ? {} : { type }), disposition };
}

describe.each(CALLS.map((call) => [call.name, call] as const))('%s', (name, call) => {
  const table = loadCases(name);
  const rules = loadRules(name).sections.flatMap((section) => section.rules);

  describe.each(rules)('$id: $says', ({ id: rule }) => {
    test.each(table.cases[rule] ?? [])('$title', async (one) => {
      await withMock(caseFixtures(table.world, one.given), async (mor) => {
        for (const { send: sent, expect: expected } of caseSteps(one)) {
          const target = sent?.call === undefined ? call : findCall(sent.call);
          const before = listRecords(mor);
          const answer = await send(mor, buildRequest(resolveParams(target!, table.request, sent), sent));
          if (expected.plain === true) expectPlain4xx(answer, sent?.method);
          else expect(answer).toEqual(wholeAnswer(target!.name, expected));

          const each = expected.success === undefined ? {} : ((target === call ? table : loadCases(target!.name)).each_success ?? {});
          expectEffect(expected.effect ?? [], each, before, listRecords(mor));
        }
      });
    });
  });

  test('every rule has a case, and every case a rule', () => {
    expect(Object.keys(table.cases)).toEqual(rules.map(({ id }) => id));
  });
});

interface Row {
  readonly id: number;
  readonly created: boolean;
}

/** All that a request may change, and the next ids. */
function listRecords(mor: MockMor) {
  const { next_did_id, next_user_id, next_device_id, ...settings } = mor.settings();
  return {
    settings,
    dids: { rows: mor.dids() as readonly Row[], next: next_did_id },
    users: { rows: mor.users() as readonly Row[], next: next_user_id },
    devices: { rows: mor.devices() as readonly Row[], next: next_device_id },
  };
}

type Records = ReturnType<typeof listRecords>;

/** What a request names as its effect, and nothing else, differs from before; new records are as many as a success makes. */
function expectEffect(effect: readonly EffectRow[], each: NonNullable<CaseTable['each_success']>, before: Records, after: Records): void {
  const ofKind = (kind: 'user' | 'device' | 'did'): readonly EffectRow[] =>
    effect.filter((row) => ('user' in row ? 'user' : 'device' in row ? 'device' : 'did') === kind);
  expect(after.settings).toEqual(before.settings);
  expectRows(ofKind('did'), ['id', 'did'], each.created ?? 0, before.dids, after.dids);
  expectRows(ofKind('user'), ['user'], each.created_users ?? 0, before.users, after.users);
  expectRows(ofKind('device'), ['device'], each.created_devices ?? 0, before.devices, after.devices);
}

/** `keys`: the fields that name a record; `user` and `device` are its id. */
function expectRows(
  effect: readonly EffectRow[],
  keys: readonly string[],
  created: number,
  before: Records['dids'],
  after: Records['dids'],
): void {
  const isMeant = (row: EffectRow, record: Row): boolean =>
    keys.some((key) => key in row && (key === 'did' ? (record as { did?: unknown }).did : record.id) === row[key as keyof EffectRow]);
  const isNamed = (record: Row): boolean => effect.some((row) => isMeant(row, record));
  const known = new Set(before.rows.map(({ id }) => id));
  expect(after.next).toBe(before.next + created);
  expect(after.rows.filter((row) => row.created)).toHaveLength(before.rows.filter((row) => row.created).length + created);
  expect(after.rows.filter((row) => !isNamed(row) && known.has(row.id))).toEqual(before.rows.filter((row) => !isNamed(row)));
  for (const { gone, ...row } of effect) {
    const found = after.rows.find((record) => isMeant(row, record));
    if (gone === true) expect(found).toBeUndefined();
    else
      for (const [field, value] of Object.entries(row))
        if (field !== 'user' && field !== 'device') expectField(found?.[field as keyof Row], value);
  }
}

/** null: the record has no such field; `now+90d`: so many days from now, in Unix seconds. */
function expectField(got: unknown, value: unknown): void {
  const days = typeof value === 'string' ? /^now\+(\d+)d$/.exec(value)?.[1] : undefined;
  if (days === undefined) {
    expect(got ?? null).toEqual(value);
    return;
  }
  const now = Math.floor(Date.now() / 1000) + Number(days) * 86_400;
  expect([now - 1, now]).toContain(got);
}

test('every table belongs to a call', () => {
  const tables = readdirSync(getContractFolder()).filter((file) => /\.(?:cases|rules)\.yaml$/.test(file));
  expect(tables).toEqual(CALLS.flatMap(({ name }) => [`${name}.cases.yaml`, `${name}.rules.yaml`]).toSorted());
});

describe('the table', () => {
  const table = (row: string): string => `
    world: { settings: {}, users: [], providers: [], dids: [] }
    request: {}
    cases: { something: [{ title: a, expect: { success: { id: 3 } } }, ${row}] }`;

  test.each([
    ['a misspelt key of a case', '{ title: b, givn: {}, expect: { success: { id: 3 } } }', 'cases.something[1]: unknown key "givn"'],
    ['a misspelt key of what is sent', '{ title: b, send: { param: {} }, expect: { success: { id: 3 } } }', 'Did you mean "params"'],
    ['a misspelt key of the world', '{ title: b, given: { setings: {} }, expect: { success: { id: 3 } } }', 'Did you mean "settings"'],
    ['a misspelt key of what is expected', '{ title: b, expect: { sucess: { id: 3 } } }', 'Did you mean "success"'],
    ['a header that the client sets', '{ title: b, send: { headers: { host: x } }, expect: { success: { id: 3 } } }', 'must be none of'],
    [
      'the content type as a header',
      '{ title: b, send: { headers: { content-type: x } }, expect: { success: { id: 3 } } }',
      'must be none of',
    ],
    [
      'a header in capitals',
      '{ title: b, send: { headers: { Accept: x } }, expect: { success: { id: 3 } } }',
      'must be a name in lower case',
    ],
    ['an unknown method', '{ title: b, send: { method: TRACE }, expect: { success: { id: 3 } } }', 'cases.something[1].send.method'],
    ['nothing expected', '{ title: b }', 'cases.something[1].expect'],
    ['an empty expectation', '{ title: b, expect: {} }', '"b" must expect one of success, error and plain'],
    ['both outcomes expected', '{ title: b, expect: { success: { id: 3 }, error: x } }', '"b" must expect one of success, error and plain'],
    ['a transport beside a query', '{ title: b, send: { by: form, query: a }, expect: { success: { id: 3 } } }', '"b" has a query or body'],
    ['a title twice', '{ title: a, expect: { success: { id: 4 } } }', '"a" stands there twice'],
  ])('%s -> refused', (_, row, message) => {
    expect(() => parseCases(table(row), 'the table')).toThrow(message);
  });

  test('a good case -> taken', () => {
    expect(parseCases(table('{ title: b, expect: { success: { id: 4 } } }'), 'the table').cases['something']).toHaveLength(2);
  });
});
