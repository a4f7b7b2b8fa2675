/** A client that resets its connection ends no process that serves by the library, whatever Node was doing with its socket. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorXml } from '../../src/contract/expected-xml.ts';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { FAULTS, MOMENTS, resetConnections, RESETTING_CLIENTS } from '../support/resets.ts';

async function expectCallAnswered(url: string): Promise<void> {
  const answer = await fetch(`${url}/billing/api/did_create?u=nobody`, { method: 'POST' });
  expect([answer.status, await answer.text()]).toEqual([200, errorXml('Access Denied')]);
}

let mor: MockMor;

beforeAll(async () => {
  mor = await createMockMor();
  for (const fault of FAULTS) mor.addFault(fault);
});

describe('a mock that listens', () => {
  let url: string;

  beforeAll(async () => {
    url = await mor.listen();
  });

  afterAll(() => mor.close());

  describe.each(RESETTING_CLIENTS)('$title', (client) => {
    test.each(MOMENTS)('a client that resets, %s the answer', async (moment) => {
      await resetConnections(url, client, moment);
      await expectCallAnswered(url);
    });
  });
});

describe('a server of its own over the handler of a mock', () => {
  let url: string;
  let server: Server;

  beforeAll(async () => {
    server = createServer(mor.handler).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });

  // What such a server refuses has an end of Node's own.
  test.each(RESETTING_CLIENTS)('$title', async (client) => {
    for (const moment of ['before', 'while'] as const) await resetConnections(url, client, moment);
    await expectCallAnswered(url);
  });
});
