import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { ENVIRONMENT, portOf } from '../processes.mjs';
import { SERVERS } from '../servers/index.mjs';
import { ratios, summary } from '../statistics.mjs';

export const about = 'from the spawn of the process to its first whole answer, shipped fixtures; against `node -e ""`';

const REFERENCE = 'node -e ""';

export async function measure({ isSmoke, rounds = 15 }) {
  const starts = {
    [REFERENCE]: emptyProcess,
    'bare express': () => toFirstAnswer('bare express'),
    'mock-mor': () => toFirstAnswer('mock-mor'),
  };
  const measured = [];
  for (let round = 0; round < (isSmoke ? 1 : rounds); round++) {
    const results = {};
    for (const [name, start] of Object.entries(starts)) {
      const before = performance.now();
      const end = await start();
      results[name] = { ms: performance.now() - before };
      await end();
    }
    measured.push(results);
  }
  return ['bare express', 'mock-mor'].map((server) => ({
    figure: 'start',
    server,
    unit: `x ${REFERENCE}`,
    ...summary(ratios(measured, server, REFERENCE, ({ ms }) => ms)),
    ...(server === 'mock-mor' ? { atMost: 2.3 } : {}),
    absolute: `${summary(measured.map((round) => round[server].ms)).median.toFixed(0)} ms`,
  }));
}

async function emptyProcess() {
  await once(spawn(process.execPath, ['-e', ''], { stdio: 'ignore', env: ENVIRONMENT }), 'exit');
  return () => undefined;
}

async function toFirstAnswer(name) {
  const child = spawn(process.execPath, SERVERS[name].words, { stdio: ['ignore', 'pipe', 'inherit'], env: ENVIRONMENT });
  const port = await portOf(child);
  const call = request({ port, host: '127.0.0.1', method: 'POST', path: '/billing/api/did_create?u=stranger', agent: false }).end();
  const [answer] = await once(call, 'response');
  await once(answer.resume(), 'end');
  return async () => {
    const exited = once(child, 'exit');
    // Node keeps compiled code only when a process ends by itself.
    child.kill('SIGTERM');
    await exited;
  };
}
