/** Starts what takes part in a measurement, each in a process of its own. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
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

/** What a command has used so far, all its threads, as Linux tells it in hundredths of a second: it may not be Node's. */
function usageOf({ pid }) {
  // Behind the name, which may hold blanks: the fields from the third on.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return { cpuUs: 10_000 * (Number(fields[11]) + Number(fields[12])) };
}

async function ended(child, signal = 'SIGKILL') {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  await exited;
}

/** The port in the first line that names an address. */
function namedPort(child) {
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

/** The port, once the process listens there. */
async function openPort(child, port) {
  await once(child, 'spawn');
  while (child.exitCode === null && child.signalCode === null) {
    const socket = connect({ port, host: '127.0.0.1' });
    try {
      await once(socket, 'connect');
      return port;
    } catch {
      // Not yet.
      await sleep(2);
    } finally {
      socket.destroy();
    }
  }
  throw new Error(`${child.spawnargs.join(' ')} ended with ${child.exitCode ?? child.signalCode} before it was ready`);
}

/** A port that nobody listens on, below those that the system gives to whoever asks for any: nobody gets it before the server starts. */
async function freePort() {
  const server = createServer();
  try {
    await once(server.listen(randomInt(10_000, 30_000), '127.0.0.1'), 'listening');
  } catch {
    return freePort();
  }
  const { port } = server.address();
  await once(server.close(), 'close');
  return port;
}

/**
 * A server before its start, with what is no part of the start done. It has `words` for Node, and says where it listens in its first line;
 * or it has a `command`: given a folder and two free ports, this gives all words, and the server serves at the first port.
 */
export async function prepareServer({ words, command, logs = false }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const port = command && (await freePort());
  const commandWords = command?.({ folder, port, otherPort: await freePort() });
  let child;
  return {
    /** A promise of the port, and what the process has used, where it was started `watched`. */
    spawn({ isWatched = false } = {}) {
      if (commandWords !== undefined) {
        const [program, ...rest] = commandWords.map(String);
        // It leaves its own files where it runs or at home.
        const env = { ...ENVIRONMENT, HOME: folder };
        child = spawn(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env, cwd: folder });
        return { port: openPort(child, port), usage: () => usageOf(child) };
      }
      const watch = isWatched ? ['--import', at('./side-channel.mjs')] : [];
      const errors = logs ? openSync(join(folder, 'log'), 'w') : 'inherit';
      child = spawn(process.execPath, [...watch, ...words], {
        stdio: ['ignore', 'pipe', errors, ...(isWatched ? ['ipc'] : [])],
        env: ENVIRONMENT,
      });
      if (logs) closeSync(errors);
      return { port: namedPort(child), usage: asker(child) };
    },
    async stop(signal) {
      if (child !== undefined) await ended(child, signal);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A server that answers, what it has used, and its end. */
export async function startServer(server) {
  const prepared = await prepareServer(server);
  try {
    const { port, usage } = prepared.spawn({ isWatched: true });
    return { port: await port, usage, stop: prepared.stop };
  } catch (error) {
    await prepared.stop();
    throw error;
  }
}

/** The process that sends. */
export function startLoad() {
  const child = spawn(process.execPath, [at('./load.mjs')], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], env: ENVIRONMENT });
  const ask = asker(child);
  return { run: async (order) => (await ask(order)).result, stop: () => ended(child) };
}
