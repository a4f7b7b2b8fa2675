import { callTexts, requestOf, worldWith } from '../../src/contract/case-request.ts';
import { expectPlain4xx, xmlAnswer } from '../support/expected-answer.ts';
import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { shippedCases, shippedRules, stepsOf, parseCases, type Expected } from '../../src/contract/table.ts';
import { withMock } from '../support/mock.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { send } from '../support/send.ts';

const TABLE = shippedCases();

/** The whole answer that a case expects, where it expects one of MOR's. */
function wholeAnswer({ success, error = '', bare, shows_did, type, disposition }: Expected): Answer {
  const body = typeof success === 'number' ? successXml(success, shows_did) : (bare === true ? bareErrorXml : errorXml)(error);
  return { ...xmlAnswer(body), ...(type === undefined ? {} : { type }), disposition };
}

const RULES = shippedRules().sections.flatMap(({ rules }) => rules);

describe.each(RULES)('$id: $says', ({ id: rule }) => {
  test.each(TABLE.cases[rule] ?? [])('$title', async (one) => {
    await withMock(worldWith(TABLE.world, one.given), async (mor) => {
      let nextId = mor.settings().next_did_id;
      let created = 0;
      for (const { send: sent, expect: expected } of stepsOf(one)) {
        const answer = await send(mor, requestOf(callTexts(TABLE.request, sent), sent));
        if (expected.plain === true) expectPlain4xx(answer, sent?.method);
        else expect(answer).toEqual(wholeAnswer(expected));

        const isSuccess = expected.success !== undefined;
        if (isSuccess) [nextId, created] = [nextId + 1, created + 1];
        const made = mor.dids({ created: true });
        expect(made).toHaveLength(created);
        expect(mor.settings().next_did_id).toBe(nextId);
        if (isSuccess) expect(made.at(-1)).toMatchObject({ id: expected.success, ...expected.made });
      }
    });
  });
});

describe('the table', () => {
  test('every rule has a case, and every case a rule', () => {
    expect(Object.keys(TABLE.cases)).toEqual(RULES.map(({ id }) => id));
  });

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
