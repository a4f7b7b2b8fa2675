/** Slices of load, server by server, round by round: what disturbs the machine disturbs all of them alike. */
import { startLoad, startServer } from './processes.mjs';
import { MIX_LENGTH } from './requests.mjs';
import { assertSameAnswers, assertSuccess } from './same-answers.mjs';

/** More requests than any server answers in a millisecond of a slice, so that all are built beforehand. */
const MAX_PER_MS = 30;

/** No two rounds send the same numbers. */
const ROUND_STRIDE = 1_000_000;

/** What each server is sent before anything is measured: the slow ones would otherwise be compared before they are compiled. */
const WARM_UP_REQUESTS = 30_000;

/** How much is measured where it is only to be seen that it runs. */
export const SMOKE = { sliceMs: 50, rounds: 1, warmUp: 100 };

/**
 * Gives for each round what each server did: requests per second, CPU microseconds per request, and waits in milliseconds.
 * `servers` are those of `servers/index.mjs` and `peers/index.mjs`, by name.
 */
export async function interleaved(servers, { connections, kind, sliceMs, rounds, warmUp = WARM_UP_REQUESTS }) {
  const load = startLoad();
  const running = [];
  try {
    for (const [name, { answers = 'as the mock', warmUps = 1, ...server }] of Object.entries(servers))
      running.push({ name, answers, warmUps, server: await startServer(server) });
    const answering = (what) => running.filter(({ answers }) => answers === what).map(({ name, server }) => ({ name, port: server.port }));
    await assertSameAnswers(answering('as the mock'));
    await assertSuccess(answering('success'));
    for (const { server, warmUps } of running) {
      await load.run({ port: server.port, connections: 32, kind, from: MIX_LENGTH, count: warmUps * warmUp, prepared: warmUp });
    }
    const measured = [];
    for (let round = 1; round <= rounds; round++) {
      const from = round * ROUND_STRIDE;
      const results = {};
      // Who goes first changes, for the first slice of a round finds the machine as the last round left it.
      for (const i of running.keys()) {
        const { name, server } = running[(i + round) % running.length];
        const order = { port: server.port, connections, kind, from, ms: sliceMs, prepared: preparedFor(connections, sliceMs) };
        const before = await server.usage({});
        const { answered, tookMs, p50, p99, statuses } = await load.run(order);
        const after = await server.usage({});
        results[name] = { perSecond: (answered / tookMs) * 1000, cpuUs: (after.cpuUs - before.cpuUs) / answered, p50, p99, statuses };
      }
      measured.push(results);
    }
    return measured;
  } finally {
    await Promise.all([load.stop(), ...running.map(({ server }) => server.stop())]);
  }
}

function preparedFor(connections, sliceMs) {
  return Math.ceil(Math.min(MAX_PER_MS, connections * 10) * sliceMs);
}
