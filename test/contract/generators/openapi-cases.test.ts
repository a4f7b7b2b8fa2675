/** The table of cases and the OpenAPI description tell the same. */
import { CALLS } from '../../../src/mor/calls/index.ts';
import { callTexts, buildRequest, worldWith } from '../../../src/contract/case-request.ts';
import { loadApi } from '../../../src/contract/generators/described-api.ts';
import { openApiText } from '../../../src/contract/generators/openapi.ts';
import type { Answer, RawRequest } from '../../../src/contract/exchange.ts';
import { loadCases, type Case } from '../../../src/contract/table.ts';
import { createMockMor } from '../../../src/index.ts';
import { withMock } from '../../support/mock.ts';
import { send } from '../../support/send.ts';
import { fits, resolved } from './resolved-openapi.ts';

const { paths: PATHS } = resolved(openApiText(loadApi()));

const operationsOf = (call: string) => PATHS[`/billing/api/${call}`]!;

/** What of a request is not as described. */
function faultsOf(call: string, { method = 'POST', query = '', body = '', type = '' }: RawRequest): readonly string[] {
  const { parameters, requestBody } = operationsOf(call)[method === 'GET' ? 'get' : 'post'];
  const inQuery = new URLSearchParams(query);
  const missing = parameters.filter(({ name, required }) => required && !inQuery.has(name)).map(({ name }) => `no ${name}`);
  if (body === '') return missing;
  const media = requestBody?.content[type.toLowerCase().replace(/;.*/, '')];
  if (media === undefined) return [...missing, `a body of type ${type}`];
  // Forms have texts only, and all of them may be left out.
  return /json/i.test(type) && !fits(media.schema, JSON.parse(body)) ? [...missing, 'JSON of another shape'] : missing;
}

/** Rules about what nobody should send, which MOR takes all the same. */
const ODD = ['request.json-no-object', 'request.no-text', 'request.untyped-body', 'odd.semicolon', 'odd.other-type'];

/** What of requests that succeed is not as described, by the call; the other calls have nothing. */
const UNDESCRIBED: Readonly<Record<string, readonly string[]>> = {
  did_create: [
    'JSON of another shape',
    'a body of type ',
    'a body of type application/octet-stream',
    'a body of type json',
    'a body of type text/plain',
    'a body of type text/xml',
    'no did',
  ],
};

describe.each(CALLS.map((call) => [call.name, call] as const))('the table of cases of %s', (name, call) => {
  const TABLE = loadCases(name);
  const all = Object.entries(TABLE.cases).flatMap(([rule, cases]) => cases.map((one) => ({ rule, one })));
  const requestOfCase = ({ send: sent }: Case): RawRequest => buildRequest(callTexts(call, TABLE.request, sent), sent);

  test('every request that succeeds is as described, but for odd separators, JSON of odd shapes and bodies of no type or another', () => {
    const succeeding = all.filter(({ one }) => one.expect.success !== undefined && (one.send?.call ?? name) === name);
    const undescribed = succeeding
      .map(({ rule, one }) => ({ rule, faults: faultsOf(name, requestOfCase(one)) }))
      .filter(({ faults }) => faults.length > 0);
    expect(succeeding.length).toBeGreaterThan(name === 'did_create' ? 100 : 10);
    expect(undescribed.filter(({ rule }) => !ODD.includes(rule))).toEqual([]);
    const faults = new Set(undescribed.flatMap((one) => one.faults.map((fault) => fault.replace(/; charset=.*$/, ''))));
    expect([...faults].toSorted()).toEqual(UNDESCRIBED[name] ?? []);
  });

  const plain = all.filter(({ one }) => one.expect.plain === true && ['GET', 'POST', undefined].includes(one.send?.method));

  function expectDescribed({ status, type, body }: Answer): void {
    const content = operationsOf(name).post.responses[String(status)]?.content[type?.replace(/;.*/, '') ?? ''];
    expect(content).toBeDefined();
    expect(fits(content?.schema ?? {}, body)).toBe(true);
  }

  // A table may have none of them.
  for (const { one } of plain)
    test(`${one.title}: the 4xx of the mock is described`, async () => {
      await withMock(worldWith(TABLE.world, one.given), async (mor) => expectDescribed(await send(mor, requestOfCase(one))));
    });

  test.each(['/__sandboxes/none', '/__sandboxes/a%20b', '/__sandboxes/a/__sandboxes/b'])('and that of the sandbox %s', async (prefix) => {
    const mor = await createMockMor();
    expectDescribed(await send(mor, { path: `${prefix}/billing/api/${name}` }));
  });
});
