import { readdirSync } from 'node:fs';
import { callTexts, requestOf, worldWith } from '../../src/contract/case-request.ts';
import { expectPlain4xx, xmlAnswer } from '../support/expected-answer.ts';
import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { getContractFolder, shippedCases, shippedRules, stepsOf, parseCases, type Expected } from '../../src/contract/table.ts';
import type { Call } from '../../src/mor/call.ts';
import { didCreate } from '../../src/mor/calls/did-create.ts';
import { CALLS } from '../../src/mor/calls/index.ts';
import { withMock } from '../support/mock.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';

/** The whole answer that a case expects, where it expects one of MOR's. */
function wholeAnswer({ success, details }: Call, { success: id, error = '', bare, shows_did, type, disposition }: Expected): Answer {
  const successOf = (number: number): string => successXml(number, shows_did, { text: success, details: details.element });
  const body = typeof id === 'number' ? successOf(id) : (bare === true ? bareErrorXml : errorXml)(error);
  return { ...xmlAnswer(body), ...(type === undefined ? {} : { type }), disposition };
}

describe.each(CALLS.map((call) => [call.name, call] as const))('%s', (name, call) => {
  const table = shippedCases(name);
  const rules = shippedRules(name).sections.flatMap((section) => section.rules);

  describe.each(rules)('$id: $says', ({ id: rule }) => {
    test.each(table.cases[rule] ?? [])('$title', async (one) => {
      await withMock(worldWith(table.world, one.given), async (mor) => {
        let nextId = mor.settings().next_did_id;
        let created = 0;
        for (const { send: sent, expect: expected } of stepsOf(one)) {
          const { path = `/billing/api/${name}`, ...request } = requestOf(callTexts(table.request, sent), sent);
          const answer = await send(mor, { path, ...request });
          if (expected.plain === true) expectPlain4xx(answer, sent?.method);
          else expect(answer).toEqual(wholeAnswer(call, expected));

          const isMade = expected.success !== undefined && call === didCreate;
          if (isMade) [nextId, created] = [nextId + 1, created + 1];
          const made = mor.dids({ created: true });
          expect(made).toHaveLength(created);
          expect(mor.settings().next_did_id).toBe(nextId);
          if (isMade) expect(made.at(-1)).toMatchObject({ id: expected.success, ...expected.made });
        }
      });
    });
  });

  test('every rule has a case, and every case a rule', () => {
    expect(Object.keys(table.cases)).toEqual(rules.map(({ id }) => id));
  });
});

test('every table belongs to a call', () => {
  const tables = readdirSync(getContractFolder()).filter((file) => /\.(?:cases|rules)\.yaml$/.test(file));
  expect(tables).toEqual(CALLS.flatMap(({ name }) => [`${name}.cases.yaml`, `${name}.rules.yaml`]).toSorted());
});

describe('the table', () => {
  const table = (row: string): string => `
    world: { settings: {}, users: [], providers: [], dids: [] }
    request: {}
    cases: { something: [{ title: a, expect: { success: 3 } }, ${row}] }`;

  test.each([
    ['a misspelt key of a case', '{ title: b, givn: {}, expect: { success: 3 } }', 'cases.something[1]: unknown key "givn"'],
    ['a misspelt key of what is sent', '{ title: b, send: { param: {} }, expect: { success: 3 } }', 'Did you mean "params"'],
    ['a misspelt key of the world', '{ title: b, given: { setings: {} }, expect: { success: 3 } }', 'Did you mean "settings"'],
    ['a misspelt key of what is expected', '{ title: b, expect: { sucess: 3 } }', 'Did you mean "success"'],
    ['a header that the client sets', '{ title: b, send: { headers: { host: x } }, expect: { success: 3 } }', 'must be none of'],
    ['the content type as a header', '{ title: b, send: { headers: { content-type: x } }, expect: { success: 3 } }', 'must be none of'],
    ['a header in capitals', '{ title: b, send: { headers: { Accept: x } }, expect: { success: 3 } }', 'must be a name in lower case'],
    ['an unknown method', '{ title: b, send: { method: TRACE }, expect: { success: 3 } }', 'cases.something[1].send.method'],
    ['nothing expected', '{ title: b }', 'cases.something[1].expect'],
    ['an empty expectation', '{ title: b, expect: {} }', '"b" must expect one of success, error and plain'],
    ['both outcomes expected', '{ title: b, expect: { success: 3, error: x } }', '"b" must expect one of success, error and plain'],
    ['a transport beside a query', '{ title: b, send: { by: form, query: a }, expect: { success: 3 } }', '"b" has a query or body'],
    ['a title twice', '{ title: a, expect: { success: 4 } }', '"a" stands there twice'],
  ])('%s -> refused', (_, row, message) => {
    expect(() => parseCases(table(row), 'the table')).toThrow(message);
  });

  test('a good case -> taken', () => {
    expect(parseCases(table('{ title: b, expect: { success: 4 } }'), 'the table').cases['something']).toHaveLength(2);
  });
});
