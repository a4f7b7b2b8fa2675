/** A client that resets its connection ends no process that serves by the library, whatever Node was doing with its socket. */
import { createMockMor, type MockMor } from '../../src/index.ts';
import { FAULTS, MOMENTS, resetConnections, RESETTING_CLIENTS } from '../support/resets.ts';
import { send } from '../support/send.ts';

let mor: MockMor;
let url: string;

beforeAll(async () => {
  mor = await createMockMor();
  for (const fault of FAULTS) mor.addFault(fault);
  url = await mor.listen();
});

afterAll(() => mor.close());

describe.each(RESETTING_CLIENTS)('$title', (client) => {
  test.each(MOMENTS)('a client that resets, %s the answer', async (moment) => {
    await resetConnections(url, client, moment);
    const answer = await fetch(`${url}/billing/api/did_create?u=nobody`, { method: 'POST' });
    expect([answer.status, await answer.text()]).toEqual([200, (await send(mor, { query: 'u=nobody' })).body]);
  });
});
