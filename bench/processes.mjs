/** Starts what takes part in a measurement, each in a process of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Settings of ours in the environment are not for what is measured. */
export const ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(MOCK_MOR_|NODE_OPTIONS$|npm_)/.test(name)),
);

/** One message there, one back. */
function asker(child) {
  const exited = once(child, 'exit').then(([status, signal]) => Promise.reject(new Error(`a process ended with ${status ?? signal}`)));
  exited.catch(() => undefined);
  return async (message) => {
    child.send(message);
    const [reply] = await Promise.race([once(child, 'message'), exited]);
    if (reply.failure !== undefined) throw new Error(reply.failure);
    return reply;
  };
}

async function ended(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** The address in the first line that names one. */
export function portOf(child) {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk) => {
      text += chunk;
      const found = /https?:\/\/[^\s:/]+:(\d+)/.exec(text);
      if (found !== null) resolve(Number(found[1]));
    });
    child.once('exit', (status) => reject(new Error(`a server ended with ${status} before it was ready: ${text}`)));
    child.once('error', reject);
  });
}

/** A server that answers, what it has used, and its end. `port` is told where its first line names none. */
export async function startServer({ words, logs = false, port: told }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const errors = logs ? openSync(join(folder, 'log'), 'w') : 'inherit';
  const child = spawn(process.execPath, ['--expose-gc', '--import', at('./side-channel.mjs'), ...words], {
    stdio: ['ignore', 'pipe', errors, 'ipc'],
    env: ENVIRONMENT,
  });
  if (logs) closeSync(errors);
  const stop = async () => {
    await ended(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const port = await portOf(child);
    return { port: told ?? port, usage: asker(child), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The process that sends. */
export function startLoad() {
  const child = spawn(process.execPath, [at('./load.mjs')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: ENVIRONMENT });
  const ask = asker(child);
  return { run: async (order) => (await ask(order)).result, stop: () => ended(child) };
}
