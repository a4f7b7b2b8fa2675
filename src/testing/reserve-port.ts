import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** How long the worker may take to find a port, in milliseconds. */
const MAX_WAIT_MS = 10_000;

/** Listens on a free port of the loopback address, writes its number, and lets it go at a message. */
const HOLD_PORT = `
  const { workerData, parentPort } = require('node:worker_threads');
  const port = new Int32Array(workerData);
  const write = (value) => {
    Atomics.store(port, 0, value);
    Atomics.notify(port, 0);
  };
  const server = require('node:net').createServer((socket) => socket.destroy());
  server.on('error', () => write(-1));
  server.listen(0, '127.0.0.1', () => write(server.address().port));
  parentPort.once('message', () => server.close(() => parentPort.postMessage('released')));
`;

/** A port that nobody else gets. */
export interface ReservedPort {
  readonly port: number;
  /** Lets it go, so that it can be listened on. */
  release(): Promise<void>;
}

/**
 * Reserves a port of 127.0.0.1 at once: a test file has no place to wait before its first hook, and Node knows the port of a server only
 * later. So another thread holds it.
 *
 * @throws Error if there is none
 */
export function reservePort(): ReservedPort {
  const shared = new SharedArrayBuffer(4);
  const port = new Int32Array(shared);
  const worker = new Worker(HOLD_PORT, { eval: true, workerData: shared });
  worker.unref();
  Atomics.wait(port, 0, 0, MAX_WAIT_MS);
  const number = Atomics.load(port, 0);
  if (number <= 0) throw new Error('no port of 127.0.0.1 could be reserved');
  return {
    port: number,
    release: async () => {
      worker.ref();
      const released = once(worker, 'message');
      worker.postMessage('release');
      await released;
      await worker.terminate();
    },
  };
}
