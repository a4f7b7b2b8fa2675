import { startLoad, startServer } from '../processes.mjs';
import { SERVERS } from '../servers/index.mjs';
import { summary } from '../statistics.mjs';

const { fetch } = globalThis;

export const about = 'what a created number takes, and what a request costs with a million of them against ten';

/** The first ones fill the journal and let the server be compiled. */
const WARM_UP = 30_000;

/** How many rounds are made with one pair of servers: how well V8 compiles one differs more than what is measured here. */
const ROUNDS_OF_PAIR = 3;

export async function measure({ isSmoke, rounds = 9 }) {
  const size = isSmoke ? { many: 300, warmUp: 100, sliceMs: 100 } : { many: 1_000_000, warmUp: WARM_UP, sliceMs: 2000 };
  const pairs = [];
  for (let left = isSmoke ? 1 : rounds; left > 0; left -= ROUNDS_OF_PAIR)
    pairs.push(await measurePair({ ...size, rounds: Math.min(left, ROUNDS_OF_PAIR) }));
  return [
    { figure: 'memory for a created number', server: 'mock-mor', unit: 'bytes', ...summary(pairs.map(({ bytes }) => bytes)), atMost: 600 },
    {
      figure: `CPU per request, ${size.many.toLocaleString('en')} numbers`,
      server: 'mock-mor',
      unit: 'x that with 10',
      ...summary(pairs.flatMap(({ ratios }) => ratios)),
    },
  ];
}

/** What a number takes in one server, and for each round what a request costs there against one with ten numbers. */
async function measurePair({ many, warmUp, sliceMs, rounds }) {
  const load = startLoad();
  const few = await startServer(SERVERS['mock-mor']);
  const full = await startServer(SERVERS['mock-mor']);
  const send = ({ port }, kind, from, count) => load.run({ port, connections: 32, kind, from, count, prepared: Math.min(count, 100_000) });
  try {
    await send(full, 'creates', 0, warmUp);
    const before = await full.usage({ collectsGarbage: true });
    for (let from = warmUp; from < warmUp + many; from += 100_000)
      await send(full, 'creates', from, Math.min(100_000, warmUp + many - from));
    const after = await full.usage({ collectsGarbage: true });
    const bytes = (after.heapUsed + after.external - before.heapUsed - before.external) / many;
    // What was compiled by other requests would be compared with it.
    await send(few, 'creates', 0, warmUp);
    await fetch(`http://127.0.0.1:${few.port}/__admin/reset`, { method: 'POST' });
    await send(few, 'creates', 0, 10);
    for (const server of [few, full]) await send(server, 'looked up', 2 * many, warmUp);
    const ratios = [];
    for (let round = 1; round <= rounds; round++) {
      const slice = async (server) => {
        const { cpuUs } = await server.usage({});
        const { answered } = await load.run({
          port: server.port,
          connections: 32,
          kind: 'looked up',
          from: (2 + round) * many,
          ms: sliceMs,
          prepared: sliceMs * 30,
        });
        return ((await server.usage({})).cpuUs - cpuUs) / answered;
      };
      const servers = round % 2 === 0 ? [few, full] : [full, few];
      const cpu = new Map();
      for (const server of servers) cpu.set(server, await slice(server));
      ratios.push(cpu.get(full) / cpu.get(few));
    }
    return { bytes, ratios };
  } finally {
    await Promise.all([load.stop(), few.stop(), full.stop()]);
  }
}
