import { readFileSync, realpathSync } from 'node:fs';
import { request } from 'node:http';
import { resolve } from 'node:path';
import { settleOptions, sortWords, type Given } from './arguments.ts';
import { HEALTHCHECK_OPTIONS, SERVE } from './commands.ts';

/** The whole check must end within 1.5 s, the start of Node included; Docker gives it 2 s. */
const LIMIT_MS = 1000;

/**
 * Asks the server whether it serves, and gives 0 or 1. How to reach it is said by our own flags, else by those of the server
 * where it is process 1, else by the variables.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export async function healthcheck(flags: Given['flags'], variables: NodeJS.ProcessEnv): Promise<number> {
  const started = flagsOfServer(wordsOfProcess1(), isThisProgram);
  const { port, host, admin, adminToken } = settleOptions(HEALTHCHECK_OPTIONS, new Map([...started, ...flags]), variables);
  const answer = await ask({
    host: LOOPBACK.get(host) ?? host,
    port,
    path: admin ? '/__admin/health' : '/',
    headers: adminToken === undefined ? {} : { authorization: `Bearer ${adminToken}` },
  });
  if (answer === 200) {
    process.stdout.write('healthy\n');
    return 0;
  }
  process.stderr.write(`not healthy: ${typeof answer === 'number' ? `status ${String(answer)}` : answer}\n`);
  return 1;
}

/** Where a server that listens on every address is found. `localhost`, for there may be no IPv6 in a container. */
const LOOPBACK = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', 'localhost'],
]);

/**
 * The flags the server was started with, after the words of process 1: the server itself, or an init with the server's command
 * line behind its own (`docker run --init mock-mor --port 9000`). None where these words do not start our server.
 */
export function flagsOfServer(words: readonly string[], isProgram: (word: string) => boolean): Given['flags'] {
  const program = words.findIndex(isProgram);
  if (program < 0) return new Map();
  const given = words.slice(program + 1);
  return sortWords(given[0] === SERVE.name ? given.slice(1) : given, SERVE).flags;
}

function wordsOfProcess1(): readonly string[] {
  try {
    return readFileSync('/proc/1/cmdline', 'utf8').split('\0').slice(0, -1);
  } catch {
    // No such file outside Linux, and it may be closed to us: then there is nothing to learn from process 1.
    return [];
  }
}

function isThisProgram(path: string): boolean {
  try {
    return realpathSync(resolve('/proc/1/cwd', path)) === realpathSync(process.argv[1] ?? '');
  } catch {
    // Most words of a command line are no files.
    return false;
  }
}

interface Question {
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The status of the answer, or why there is none. */
function ask(question: Question): Promise<number | string> {
  return new Promise((done) => {
    const asked = request({ ...question, agent: false }, (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
      asked.destroy();
    });
    asked.on('error', (error) => done(`http://${question.host}:${String(question.port)}${question.path}: ${error.message}`));
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${String(LIMIT_MS)} ms`)), LIMIT_MS);
    asked.on('close', () => clearTimeout(timer));
    asked.end();
  });
}
