import { pino } from 'pino';
import type * as PinoPretty from 'pino-pretty';
import { visible, type Log } from '../log.ts';

/** How much of the log may wait for a reader, in bytes. */
const MAX_BUFFERED_BYTES = 1_048_576;

/** What a log is written to. */
export type LogStream = Pick<NodeJS.WriteStream, 'write' | 'writableLength'>;

/** How long a line of the log may wait for others, in milliseconds, and how many characters of them wait at most. */
const BATCH_MS = 20;
const MAX_BATCH_LENGTH = 16_384;

/** Text that came from outside and needs no escape in JSON. */
const IS_PLAIN = /^[ -~]*\n?$/;

/** What JSON leaves as it is, and what a terminal may obey or does not show. */
const CONTROL_CHARS = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** A stream that writes together what comes within a moment: a write costs five times what a line costs. Flush it before the process ends. */
export function batchWrites(stream: LogStream): LogStream & { readonly flush: () => void } {
  let batch = '';
  let isDue = false;
  const flush = (): void => {
    const text = batch;
    batch = '';
    if (text !== '') stream.write(text);
  };
  return {
    get writableLength() {
      return stream.writableLength + batch.length;
    },
    write(text: string) {
      batch += text;
      if (batch.length >= MAX_BATCH_LENGTH) flush();
      else if (!isDue) {
        isDue = true;
        setTimeout(() => {
          isDue = false;
          flush();
        }, BATCH_MS);
      }
      return true;
    },
    flush,
  };
}

/**
 * A log to a stream: a line of JSON an entry, or, pretty, a line for people, with colours if asked for.
 *
 * It never waits. If more than 1 MiB is buffered, because nobody reads the stream, lines are dropped and their number is logged later.
 */
export async function createLogger(stream: LogStream, format: 'pretty' | 'json', hasColors = false): Promise<Log> {
  const prettify = format === 'pretty' ? await createPrettifier(hasColors) : undefined;
  const logger = pino(
    {
      base: null,
      timestamp: () => `,"time":"${formatTime(Date.now())}"`,
      formatters: { level: (level) => ({ level }) },
      hooks: { streamWrite: escapeControlChars },
    },
    { write: (line) => void stream.write(prettify === undefined ? line : prettify(line)) },
  );
  let dropped = 0;
  return ({ level, message, ...fields }) => {
    if (dropped > 0 && stream.writableLength === 0) {
      logger.warn(`${String(dropped)} lines of the log were dropped, because nobody read them`);
      dropped = 0;
    }
    if (stream.writableLength > MAX_BUFFERED_BYTES) dropped += 1;
    else logger[level](fields, message);
  };
}

/** As wide as the time and the level in front of a line. */
const REASON_INDENT = ' '.repeat(15);

const LEVEL_COLORS = { info: 'green', warn: 'yellow', error: 'red' } as const;

/** Makes a line for people of a line of JSON: `12:34:56 info  text`. Further lines of a message stay lines. */
async function createPrettifier(colorize: boolean): Promise<(line: string) => string> {
  // Not in its types, though its README has it: its stream would lose what is written just before the process ends.
  const { prettyFactory } = (await import('pino-pretty')) as unknown as {
    readonly prettyFactory: (options: PinoPretty.PrettyOptions) => (line: string) => string;
  };
  return prettyFactory({
    colorize,
    customColors: 'message:reset',
    ignore: 'time,level',
    hideObject: true,
    messageFormat: ({ time, level, msg, reason, details_url }, _key, _label, { colors }) => {
      const color = colors[LEVEL_COLORS[level as keyof typeof LEVEL_COLORS]];
      const text = String(msg).split('\n').map(visible).join('\n');
      return `${new Date(String(time)).toTimeString().slice(0, 8)} ${color(String(level).padEnd(5))} ${text}${formatReason(reason, details_url)}`;
    },
  });
}

/** A line below a refused call: why, and where to read more. */
function formatReason(reason: unknown, url: unknown): string {
  if (typeof reason !== 'string') return '';
  return `\n${REASON_INDENT}why: ${visible(reason)}${typeof url === 'string' ? `  ${url}` : ''}`;
}

/** Escapes in a line of JSON what may steer a terminal: in JSON it can only be in strings. */
function escapeControlChars(line: string): string {
  if (IS_PLAIN.test(line)) return line;
  return line.replace(CONTROL_CHARS, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}

let newest = { ms: NaN, text: '' };

/** A time as ISO 8601, formatted once for all lines of a millisecond. */
function formatTime(ms: number): string {
  if (ms !== newest.ms) newest = { ms, text: new Date(ms).toISOString() };
  return newest.text;
}
