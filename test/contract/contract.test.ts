import { join } from 'node:path';
import { parseCaseFile, readCaseFile, type Expected } from '../support/case-file.ts';
import { requestOf, worldWith } from '../support/case-request.ts';
import { expectPlain4xx, xmlAnswer } from '../support/expected-answer.ts';
import { bareErrorXml, errorXml, successXml } from '../support/expected-xml.ts';
import { withMock } from '../support/mock.ts';
import { send, type Answer } from '../support/send.ts';

const FILE = readCaseFile(join(__dirname, 'did_create.cases.yaml'));

/** The whole answer that a case expects, where it expects one of MOR's. */
function wholeAnswer(expected: Exclude<Expected, { plain: true }>): Answer {
  const { type, disposition } = expected;
  const body =
    'success' in expected
      ? successXml(expected.success, expected.shows_did)
      : (expected.bare === true ? bareErrorXml : errorXml)(expected.error);
  return { ...xmlAnswer(body), ...(type === undefined ? {} : { type }), disposition };
}

describe.each(FILE.rules)('$says [$source]', ({ cases }) => {
  test.each(cases)('$title', async ({ given, send: sent, expect: expected }) => {
    await withMock(worldWith(FILE.world, given), async (mor) => {
      const idBefore = mor.settings().next_did_id;
      const answer = await send(mor, requestOf(FILE.request, sent));
      if ('plain' in expected) expectPlain4xx(answer);
      else expect(answer).toEqual(wholeAnswer(expected));

      const made = mor.dids({ created: true });
      const isSuccess = 'success' in expected;
      expect(made).toHaveLength(isSuccess ? 1 : 0);
      expect(mor.settings().next_did_id).toBe(isSuccess ? idBefore + 1 : idBefore);
      if (isSuccess) expect(made[0]).toMatchObject({ id: expected.success, ...expected.made });
    });
  });
});

describe('the table of cases itself', () => {
  const table = (row: string): string => `
    world: { settings: {}, users: [], providers: [], dids: [] }
    request: {}
    rules: [{ says: something, source: page, cases: [{ title: a, expect: { success: 3 } }, ${row}] }]`;

  test.each([
    ['a misspelt key of a case', '{ title: b, givn: {}, expect: { success: 3 } }'],
    ['a misspelt key of what is sent', '{ title: b, send: { param: {} }, expect: { success: 3 } }'],
    ['a misspelt key of the world', '{ title: b, given: { setings: {} }, expect: { success: 3 } }'],
    ['a misspelt key of what is expected', '{ title: b, expect: { sucess: 3 } }'],
    ['nothing expected', '{ title: b }'],
    ['both outcomes expected', '{ title: b, expect: { success: 3, error: x } }'],
    ['params beside a query', '{ title: b, send: { params: {}, query: a }, expect: { success: 3 } }'],
    ['a title twice', '{ title: a, expect: { success: 4 } }'],
  ])('%s -> refused', (_, row) => {
    expect(() => parseCaseFile(table(row))).toThrow();
  });

  test('a good case -> taken', () => {
    expect(() => parseCaseFile(table('{ title: b, expect: { success: 4 } }'))).not.toThrow();
  });
});
