import { startLoad, startServer } from '../processes.mjs';
import { SERVERS } from '../servers/index.mjs';
import { summary } from '../statistics.mjs';

export const about = 'what a created number takes, and what a request costs with a million of them against ten';

/** The first ones fill the journal and let the server be compiled. */
const WARM_UP = 30_000;

export async function measure({ isSmoke, rounds = 9 }) {
  const many = isSmoke ? 300 : 1_000_000;
  const warmUp = isSmoke ? 100 : WARM_UP;
  const sliceMs = isSmoke ? 100 : 2000;
  const load = startLoad();
  const few = await startServer(SERVERS['mock-mor']);
  const full = await startServer(SERVERS['mock-mor']);
  try {
    const create = (server, from, count) =>
      load.run({ port: server.port, connections: 32, kind: 'creates', from, count, prepared: Math.min(count, 100_000) });
    await create(full, 0, warmUp);
    const before = await full.usage({ collectsGarbage: true });
    for (let from = warmUp; from < warmUp + many; from += 100_000) await create(full, from, Math.min(100_000, warmUp + many - from));
    const after = await full.usage({ collectsGarbage: true });
    const bytes = (after.heapUsed + after.external - before.heapUsed - before.external) / many;
    await create(few, 0, 10);
    await load.run({ port: few.port, connections: 32, kind: 'refused', from: 0, count: warmUp, prepared: warmUp });
    const measured = [];
    for (let round = 1; round <= (isSmoke ? 1 : rounds); round++) {
      // Refused ones are looked up like all others, and leave both servers with the numbers they have.
      const slice = async (server) => {
        const { cpuUs } = await server.usage({});
        const { answered } = await load.run({
          port: server.port,
          connections: 32,
          kind: 'looked up',
          from: round * 1_000_000,
          ms: sliceMs,
          prepared: sliceMs * 30,
        });
        return ((await server.usage({})).cpuUs - cpuUs) / answered;
      };
      const servers = round % 2 === 0 ? [few, full] : [full, few];
      const cpu = new Map();
      for (const server of servers) cpu.set(server, await slice(server));
      measured.push(cpu.get(full) / cpu.get(few));
    }
    return [
      { figure: 'memory for a created number', server: 'mock-mor', unit: 'bytes', ...summary([bytes]), atMost: 150 },
      {
        figure: `CPU per request, ${many.toLocaleString('en')} numbers`,
        server: 'mock-mor',
        unit: 'x that with 10',
        ...summary(measured),
        atMost: 1.15,
      },
    ];
  } finally {
    await Promise.all([load.stop(), few.stop(), full.stop()]);
  }
}
