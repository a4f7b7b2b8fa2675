/** The table of cases and the OpenAPI description tell the same. */
import { didCreate } from '../../../src/mor/calls/did-create.ts';
import { callTexts, buildRequest, worldWith } from '../../../src/contract/case-request.ts';
import { loadApi } from '../../../src/contract/generators/described-api.ts';
import { openApiText } from '../../../src/contract/generators/openapi.ts';
import type { Answer, RawRequest } from '../../../src/contract/exchange.ts';
import { loadCases, type Case } from '../../../src/contract/table.ts';
import { createMockMor } from '../../../src/index.ts';
import { withMock } from '../../support/mock.ts';
import { send } from '../../support/send.ts';
import { fits, resolved } from './resolved-openapi.ts';

const OPERATIONS = resolved(openApiText(loadApi())).paths['/billing/api/did_create']!;

/** What of a request is not as described. */
function faultsOf({ method = 'POST', query = '', body = '', type = '' }: RawRequest): readonly string[] {
  const { parameters, requestBody } = OPERATIONS[method === 'GET' ? 'get' : 'post'];
  const inQuery = new URLSearchParams(query);
  const missing = parameters.filter(({ name, required }) => required && !inQuery.has(name)).map(({ name }) => `no ${name}`);
  if (body === '') return missing;
  const media = requestBody?.content[type.toLowerCase().replace(/;.*/, '')];
  if (media === undefined) return [...missing, `a body of type ${type}`];
  // Forms have texts only, and all of them may be left out.
  return /json/i.test(type) && !fits(media.schema, JSON.parse(body)) ? [...missing, 'JSON of another shape'] : missing;
}

describe('the table of cases', () => {
  const TABLE = loadCases('did_create');
  const all = Object.entries(TABLE.cases).flatMap(([rule, cases]) => cases.map((one) => ({ rule, one })));
  const requestOfCase = ({ send: sent }: Case): RawRequest => buildRequest(callTexts(didCreate, TABLE.request, sent), sent);
  /** Rules about what nobody should send, which MOR takes all the same. */
  const ODD = ['request.json-no-object', 'request.no-text', 'request.untyped-body', 'odd.semicolon', 'odd.other-type'];

  test('every request that succeeds is as described, but for odd separators, JSON of odd shapes and bodies of no type or another', () => {
    const succeeding = all.filter(({ one }) => one.expect.success !== undefined);
    const undescribed = succeeding
      .map(({ rule, one }) => ({ rule, faults: faultsOf(requestOfCase(one)) }))
      .filter(({ faults }) => faults.length > 0);
    expect(succeeding.length).toBeGreaterThan(100);
    expect(undescribed.filter(({ rule }) => !ODD.includes(rule))).toEqual([]);
    const faults = new Set(undescribed.flatMap((one) => one.faults.map((fault) => fault.replace(/; charset=.*$/, ''))));
    expect([...faults].toSorted()).toEqual([
      'JSON of another shape',
      'a body of type ',
      'a body of type application/octet-stream',
      'a body of type json',
      'a body of type text/plain',
      'a body of type text/xml',
      'no did',
    ]);
  });

  const plain = all.filter(({ one }) => one.expect.plain === true && ['GET', 'POST', undefined].includes(one.send?.method));

  function expectDescribed({ status, type, body }: Answer): void {
    const content = OPERATIONS.post.responses[String(status)]?.content[type?.replace(/;.*/, '') ?? ''];
    expect(content).toBeDefined();
    expect(fits(content?.schema ?? {}, body)).toBe(true);
  }

  test.each(plain)('$one.title: the 4xx of the mock is described', async ({ one }) => {
    await withMock(worldWith(TABLE.world, one.given), async (mor) => expectDescribed(await send(mor, requestOfCase(one))));
  });

  test.each(['/__sandboxes/none', '/__sandboxes/a%20b', '/__sandboxes/a/__sandboxes/b'])('and that of the sandbox %s', async (prefix) => {
    const mor = await createMockMor();
    expectDescribed(await send(mor, { path: `${prefix}/billing/api/did_create` }));
  });
});
