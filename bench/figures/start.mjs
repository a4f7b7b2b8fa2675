import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { ENVIRONMENT, prepareServer } from '../processes.mjs';
import { SERVERS } from '../servers/index.mjs';
import { ratios, summary } from '../statistics.mjs';

export const about = 'from the spawn of the process to its first whole answer, shipped fixtures; against `node -e ""`';

const REFERENCE = 'node -e ""';

export async function measure({ isSmoke, rounds = 15, peers }) {
  const { 'bare express': bareExpress, 'mock-mor': mock } = SERVERS;
  const servers = { 'bare express': bareExpress, 'mock-mor': mock, ...peers };
  const measured = [];
  for (let round = 0; round < (isSmoke ? 1 : rounds); round++) {
    const results = { [REFERENCE]: { ms: await emptyProcess() } };
    for (const [name, server] of Object.entries(servers)) results[name] = { ms: await toFirstAnswer(name, server) };
    measured.push(results);
  }
  return Object.keys(servers).map((server) => ({
    figure: 'start',
    server,
    unit: `x ${REFERENCE}`,
    ...summary(ratios(measured, server, REFERENCE, ({ ms }) => ms)),
    ...(server === 'mock-mor' ? { atMost: 2.6 } : {}),
    absolute: `${summary(measured.map((round) => round[server].ms)).median.toFixed(0)} ms`,
  }));
}

async function emptyProcess() {
  const before = performance.now();
  await once(spawn(process.execPath, ['-e', ''], { stdio: 'ignore', env: ENVIRONMENT }), 'exit');
  return performance.now() - before;
}

async function toFirstAnswer(name, server) {
  const prepared = await prepareServer(server);
  try {
    const before = performance.now();
    const port = await prepared.spawn().port;
    const call = request({ port, host: '127.0.0.1', method: 'POST', path: '/billing/api/did_create?u=stranger', agent: false }).end();
    const [answer] = await once(call, 'response');
    await once(answer.resume(), 'end');
    if (answer.statusCode >= 300) throw new Error(`the first answer of ${name} has the status ${answer.statusCode}`);
    return performance.now() - before;
  } finally {
    // Node keeps compiled code only when a process ends by itself.
    await prepared.stop('SIGTERM');
  }
}
