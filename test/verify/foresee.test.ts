/** Which numbers a request names, so that none is sent to a real server that should not be: also those that only another reading finds. */
import type { RawRequest } from '../../src/contract/exchange.ts';
import { numbersIn, numberThatCounts } from '../../src/verify/foresee.ts';

const FORM = 'application/x-www-form-urlencoded';

test.each<[title: string, request: RawRequest, numbers: readonly string[], counting: string | undefined]>([
  ['; in the query', { query: 'did=1;u=a' }, ['1'], '1'],
  ['; in a form, which another server separates', { body: 'u=a;did=1&did=2;did=3', type: FORM }, ['2;did=3', '1', '2', '3'], '2;did=3'],
  ['blanks behind a separator', { query: 'u=a;  did=1', body: 'u=a& did=2', type: FORM }, ['1', '2'], '1'],
  ['a body that is not read', { query: 'u=a', body: 'did=1', type: 'text/plain' }, ['1'], undefined],
  ['nothing but a body that is not read', { body: 'did=1', type: 'text/plain' }, ['1'], undefined],
  ['JSON under the type of a form', { body: '{"did":"1","x":2}', type: FORM }, ['1'], undefined],
  ['a form under JSON', { body: 'u=a&did=1', type: 'application/json' }, ['1'], undefined],
  ['a charset', { body: 'did=1', type: `${FORM}; charset=ISO-8859-1` }, ['1'], '1'],
])('%s', async (_, request, numbers, counting) => {
  expect(await numbersIn(request)).toEqual(numbers);
  expect(await numberThatCounts(request)).toBe(counting);
});
