import { readFileSync, realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { OPTIONS } from '../options.ts';
import { CliCommand, declareOptions, parseArgs, type CommandSpec, type ParsedArgs } from './parse-args.ts';
import { resolveOptions, type CommandOptions, type Flags } from './resolve-options.ts';

/** The whole check must end within 1.5 s, the start of Node included; Docker gives it 2 s. */
const LIMIT_MS = 1000;

const HEALTHCHECK_OPTIONS = {
  port: { ...OPTIONS.port, min: 1, boundsReason: 'a server that was started with 0 has a port of its own, which the ready line names' },
  host: OPTIONS.host,
  admin: OPTIONS.admin,
  adminToken: OPTIONS.adminToken,
  tls: OPTIONS.tls,
  tlsCert: OPTIONS.tlsCert,
} as const satisfies CommandOptions;

/** `mock-mor healthcheck`. */
export const HEALTHCHECK: CommandSpec = {
  description: 'Ask the running server whether it serves. In a container, the flags of the server are known if it is process 1.',
  options: HEALTHCHECK_OPTIONS,
  examples: [['mock-mor healthcheck --port 9000', 'exits with 0 if a server answers on this port']],
  run: healthcheck,
};

/**
 * Returns 0 if the server serves, else 1. How to reach it is known from our own flags, else from those of the server if it is
 * process 1, else from the variables.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
async function healthcheck({ flags }: ParsedArgs, env: NodeJS.ProcessEnv): Promise<number> {
  const serverFlags = parseServerFlags(readPid1CommandLine(), isThisProgram);
  const { port, host, admin, adminToken, tls, tlsCert } = resolveOptions(HEALTHCHECK_OPTIONS, new Map([...serverFlags, ...flags]), env);
  const isTls = tls !== undefined || tlsCert !== undefined;
  const answer = await fetchStatus({
    protocol: isTls ? 'https:' : 'http:',
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
export function parseServerFlags(words: readonly string[], isProgram: (word: string) => boolean): Flags {
  const program = words.findIndex(isProgram);
  if (program < 0) return new Map();
  const given = words.slice(program + 1);
  const command = new CliCommand('serve');
  declareOptions(command, OPTIONS);
  return parseArgs(command, given[0] === 'serve' ? given.slice(1) : given, OPTIONS).flags;
}

function readPid1CommandLine(): readonly string[] {
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

interface HealthRequest {
  readonly protocol: 'http:' | 'https:';
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The status of the answer, or why there is none. */
async function fetchStatus(question: HealthRequest): Promise<number | string> {
  const { protocol, host, port, path } = question;
  // Loaded for HTTPS alone: to load it takes as long as the rest.
  const { request } = protocol === 'https:' ? await import('node:https') : await import('node:http');
  return new Promise((done) => {
    // Whether it serves is asked, not who it is: the certificate may be for other names.
    const asked = request({ ...question, agent: false, rejectUnauthorized: false }, (answer) => {
      answer.resume();
      done(answer.statusCode ?? 0);
      asked.destroy();
    });
    asked.on('error', (error) => done(`${protocol}//${host}:${String(port)}${path}: ${error.message}`));
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${String(LIMIT_MS)} ms`)), LIMIT_MS);
    asked.on('close', () => clearTimeout(timer));
    asked.end();
  });
}
