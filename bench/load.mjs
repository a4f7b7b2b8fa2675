/**
 * The load: a process of its own that keeps so many connections busy, each with one request at a time, and counts answers.
 * Told what to do over IPC. Requests are built before the clock starts.
 */
import { Buffer } from 'node:buffer';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { answerLength } from './answer-length.mjs';
import { KINDS } from './requests.mjs';

/** A server that waits longer has lost the request. */
const MAX_WAIT_MS = 20_000;

/** What was built last: servers take turns at the same bytes. */
let built = { kind: '', from: -1, requests: [] };

function prepare(kind, from, count) {
  if (built.kind === kind && built.from === from && built.requests.length >= count) return;
  built = { kind, from, requests: Array.from({ length: count }, (_, i) => KINDS[kind](from + i)) };
}

/** Sends until the time is over or the count is reached, and tells what came of it. */
async function run({ port, connections, kind, from, ms = Infinity, count = Infinity }) {
  const { requests } = built;
  const waits = [];
  const statuses = {};
  let sent = 0;
  let answered = 0;
  const startedAt = performance.now();
  const endAt = startedAt + ms;
  const lane = () =>
    new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      let pending;
      const next = () => {
        if (sent >= count || performance.now() >= endAt) {
          socket.destroy();
          resolve();
          return;
        }
        const i = sent++;
        sentAt = performance.now();
        socket.write(requests[i] ?? KINDS[kind](from + i));
      };
      socket.on('connect', next);
      socket.on('data', (chunk) => {
        const bytes = pending === undefined ? chunk : Buffer.concat([pending, chunk]);
        const length = answerLength(bytes);
        if (length === undefined) {
          pending = bytes;
          return;
        }
        if (length !== bytes.length) throw new Error('an answer that nobody asked for');
        pending = undefined;
        waits.push(performance.now() - sentAt);
        answered += 1;
        const status = bytes.latin1Slice(9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        next();
      });
      socket.setTimeout(MAX_WAIT_MS, () => reject(new Error(`no answer within ${MAX_WAIT_MS} ms`)));
      socket.on('error', reject);
      socket.on('end', () => reject(new Error('the server ended a connection')));
    });
  await Promise.all(Array.from({ length: connections }, lane));
  const tookMs = performance.now() - startedAt;
  waits.sort((a, b) => a - b);
  const quantile = (q) => waits[Math.min(waits.length - 1, Math.floor(waits.length * q))];
  return { answered, sent, tookMs, p50: quantile(0.5), p99: quantile(0.99), statuses };
}

process.on('message', async (order) => {
  try {
    prepare(order.kind, order.from, order.prepared);
    process.send({ result: await run(order) });
  } catch (error) {
    process.send({ failure: error.stack });
  }
});
