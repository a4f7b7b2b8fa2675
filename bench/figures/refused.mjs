import { startLoad, startServer } from '../processes.mjs';
import { SERVERS } from '../servers/index.mjs';
import { summary } from '../statistics.mjs';

export const about = 'memory after a million refused requests, no two alike';

const MEBIBYTE = 1024 * 1024;

export async function measure({ isSmoke }) {
  const count = isSmoke ? 300 : 1_000_000;
  const load = startLoad();
  const server = await startServer(SERVERS['mock-mor']);
  try {
    await load.run({ port: server.port, connections: 1, kind: 'refused', from: 0, count: 1, prepared: 1 });
    const { rss: atStart } = await server.usage({});
    for (let from = 0; from < count; from += 100_000) {
      const part = Math.min(100_000, count - from);
      await load.run({ port: server.port, connections: 32, kind: 'refused', from, count: part, prepared: part });
    }
    const { rss, heapUsed } = await server.usage({ collectsGarbage: true });
    return [
      {
        figure: `RSS after ${count.toLocaleString('en')} refused requests`,
        server: 'mock-mor',
        unit: 'MiB above that at the start',
        ...summary([(rss - atStart) / MEBIBYTE]),
        atMost: 64,
        absolute: `${(heapUsed / MEBIBYTE).toFixed(0)} MiB of it heap in use`,
      },
    ];
  } finally {
    await Promise.all([load.stop(), server.stop()]);
  }
}
