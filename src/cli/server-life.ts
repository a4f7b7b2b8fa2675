/** What commands that serve until a signal have in common. */
import { SILENT, type Log } from '../log.ts';
import type { OPTIONS } from '../options.ts';
import type { Values } from './arguments.ts';
import { gathering, loggerTo } from './logger.ts';

/** `npm start` passes on the Ctrl-C that the terminal has sent us already: what comes so soon is no second signal. */
const SAME_SIGNAL_MS = 300;

/** Settles at the first signal. A second one ends the process at once, for whoever does not want to wait. */
export function stopSignal(): Promise<void> {
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

/** The value of `--log`; undefined where nothing was said. */
type Format = Values<typeof OPTIONS>['log'];

/** The format that is meant: pretty on a terminal, else JSON. */
export function formatFor(format: Format): 'pretty' | 'json' | 'silent' {
  return format ?? (process.stderr.isTTY ? 'pretty' : 'json');
}

/** The log to standard error. */
export function logOf(format: Format): Log {
  const meant = formatFor(format);
  if (meant === 'silent') return SILENT;
  const stream = gathering(process.stderr);
  process.on('exit', stream.flush);
  return loggerTo(stream, meant);
}

/** An error nobody caught leaves a state nobody knows: it is told, `silent` or not, and the process ends. */
export function dieLoudly(format: Format): void {
  const log = logOf(format === 'silent' ? undefined : format);
  process.on('uncaughtException', (error: unknown) => {
    log({ level: 'error', message: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    // EX_SOFTWARE of sysexits.h.
    process.exit(70);
  });
}

/** Listens, and gives the address; undefined where the port cannot be had, which is told with what to do about it. */
export async function listening(listen: () => Promise<string>, port: number, host: string): Promise<string | undefined> {
  try {
    return await listen();
  } catch (error) {
    const reason = whyNotListening(error, port, host);
    if (reason === undefined) throw error;
    process.stderr.write(`mock-mor: ${reason}\n`);
    return undefined;
  }
}

/** What to do about a port that cannot be had; undefined for other errors. */
function whyNotListening(error: unknown, port: number, host: string): string | undefined {
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
