import { startLoad, startServer } from '../processes.mjs';
import { SERVERS } from '../servers/index.mjs';
import { summary } from '../statistics.mjs';

export const about = 'resident memory at the start, and after 100,000 creates';

const MEBIBYTE = 1024 * 1024;

export async function measure({ isSmoke, rounds = 5 }) {
  const creates = isSmoke ? 200 : 100_000;
  const atStart = [];
  const after = [];
  const load = startLoad();
  try {
    for (let round = 0; round < (isSmoke ? 1 : rounds); round++) {
      const bare = await residentMemory('bare express', 0, load);
      const express = await residentMemory('express', creates, load);
      const mock = await residentMemory('mock-mor', creates, load);
      atStart.push({ ratio: mock.atStart / bare.atStart, bytes: mock.atStart });
      after.push({ ratio: mock.after / express.after, bytes: mock.after });
    }
  } finally {
    await load.stop();
  }
  const row = (figure, unit, values, atMost) => ({
    figure,
    server: 'mock-mor',
    unit,
    ...summary(values.map(({ ratio }) => ratio)),
    atMost,
    absolute: `${(summary(values.map(({ bytes }) => bytes)).median / MEBIBYTE).toFixed(0)} MiB`,
  });
  return [
    row('RSS at the start', 'x bare express', atStart, 1.2),
    row(`RSS after ${creates.toLocaleString('en')} creates`, 'x express with the same numbers', after, undefined),
  ];
}

/** After one answered request, and after so many creates. */
async function residentMemory(name, creates, load) {
  const server = await startServer(SERVERS[name]);
  try {
    await load.run({ port: server.port, connections: 1, kind: 'refused', from: 0, count: 1, prepared: 1 });
    const { rss: atStart } = await server.usage({});
    if (creates > 0) await load.run({ port: server.port, connections: 32, kind: 'creates', from: 0, count: creates, prepared: creates });
    const { rss: after } = await server.usage({});
    return { atStart, after };
  } finally {
    await server.stop();
  }
}
