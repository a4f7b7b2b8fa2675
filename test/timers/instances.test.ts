/** Mocks come and go by the hundred in one process: nothing of them is left. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createMockMor } from '../../src/index.ts';
import { requestFor } from '../faults/wire.ts';

/** What keeps the process alive, by kind: timers, servers, sockets. */
const handles = (): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

/** The sockets of Node's own close in a later turn of the loop. */
async function settled(expected: Readonly<Record<string, number>>): Promise<Readonly<Record<string, number>>> {
  for (let turn = 0; turn < 1000 && JSON.stringify(handles()) !== JSON.stringify(expected); turn++) await new Promise(setImmediate);
  return handles();
}

test('a hundred mocks made, used and closed -> no handle is open, no listener too many', async () => {
  const warnings: string[] = [];
  const onWarning = ({ message }: Error): number => warnings.push(message);
  process.on('warning', onWarning);
  const before = handles();
  for (let i = 0; i < 100; i++) {
    const mor = await createMockMor();
    const { port, hostname } = new URL(await mor.listen());
    const socket = connect(Number(port), hostname);
    socket.write(requestFor(String(i)).repeat(3));
    await once(socket, 'data');
    await mor.close();
    socket.destroy();
  }
  process.off('warning', onWarning);
  expect(warnings).toEqual([]);
  expect(await settled(before)).toEqual(before);
});

test('a hundred that listen at once, each with a client that waits and one that hangs -> closed, nothing is left', async () => {
  const before = handles();
  const mocks = await Promise.all(Array.from({ length: 100 }, () => createMockMor()));
  const clients = await Promise.all(
    mocks.map(async (mor) => {
      const { port, hostname } = new URL(await mor.listen());
      const socket = connect(Number(port), hostname).on('error', () => undefined);
      socket.write('GET /__admin/requests?wait=60s HTTP/1.1\r\nHost: localhost\r\n\r\n');
      await once(socket, 'connect');
      return socket;
    }),
  );
  await Promise.all(mocks.map((mor) => mor.close()));
  for (const socket of clients) socket.destroy();
  expect(await settled(before)).toEqual(before);
});

test('a client that leaves while it waits for requests leaves no timer behind', async () => {
  const mor = await createMockMor();
  const before = handles();
  const { port, hostname } = new URL(await mor.listen());
  const listening = handles();
  const socket = connect(Number(port), hostname);
  socket.write('GET /__admin/requests?wait=60s HTTP/1.1\r\nHost: localhost\r\n\r\n' + requestFor('5'));
  await once(socket, 'connect');
  socket.destroy();
  expect(await settled(listening)).toEqual(listening);
  await mor.close();
  expect(await settled(before)).toEqual(before);
});
