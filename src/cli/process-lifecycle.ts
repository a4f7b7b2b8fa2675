/** What the commands that serve until a signal have in common. */
import { SILENT, type Log } from '../log.ts';
import type { OPTIONS } from '../options.ts';
import type { OptionValues } from './resolve-options.ts';
import { batchWrites, createLogger } from './logger.ts';

/** `npm start` passes on the Ctrl-C that the terminal has sent us already: what comes so soon is no second signal. */
const SAME_SIGNAL_MS = 300;

/** Settles at the first signal. A second one ends the process at once. */
export function waitForStopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = (): void => {
      if (firstAt !== undefined && performance.now() - firstAt > SAME_SIGNAL_MS) process.exit(1);
      firstAt ??= performance.now();
      resolve();
    };
    process.on('SIGTERM', onSignal);
    process.on('SIGINT', onSignal);
  });
}

/** The value of `--log`; undefined if it was not given. */
type Format = OptionValues<typeof OPTIONS>['log'];

/** The format of the log: pretty on a terminal, else JSON. */
export function resolveLogFormat(format: Format): 'pretty' | 'json' | 'silent' {
  return format ?? (process.stderr.isTTY ? 'pretty' : 'json');
}

/** The log to standard error. */
export async function createStderrLogger(format: Format): Promise<Log> {
  const resolved = resolveLogFormat(format);
  if (resolved === 'silent') return SILENT;
  const stream = batchWrites(process.stderr);
  process.on('exit', stream.flush);
  return createLogger(stream, resolved, process.stderr.isTTY && process.stderr.hasColors());
}

/** Logs an error that nobody caught, even if the log is `silent`, and ends the process: nobody knows the state it left. */
export async function exitOnUncaught(format: Format): Promise<void> {
  const log = await createStderrLogger(format === 'silent' ? undefined : format);
  process.on('uncaughtException', (error: unknown) => {
    log({ level: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    // EX_SOFTWARE of sysexits.h.
    process.exit(70);
  });
}

/** Listens and returns the address; undefined if the port cannot be had, which is reported with what to do about it. */
export async function listenOrExplain(listen: () => Promise<string>, port: number, host: string): Promise<string | undefined> {
  try {
    return await listen();
  } catch (error) {
    const reason = explainListenError(error, port, host);
    if (reason === undefined) throw error;
    process.stderr.write(`mock-mor: ${reason}\n`);
    return undefined;
  }
}

/** What to do if a port cannot be had; undefined for other errors. */
function explainListenError(error: unknown, port: number, host: string): string | undefined {
  const place = `port ${String(port)} on ${host}`;
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return `${place} is in use. Stop what listens there, or take another one with --port N (0: any free one).`;
    case 'EACCES':
      return `${place} may not be opened by this user. Take one above 1023 with --port N (0: any free one).`;
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${host} is no address of this machine. Give one with --host ADDRESS, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return undefined;
  }
}
