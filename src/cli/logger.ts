import type * as Pino from 'pino';
import { isPrintableAscii, prettyLine, type Log, type LogEntry } from '../log.ts';

/** How much of the log waits for a reader, in bytes. */
const MOST_WAITING_BYTES = 1_048_576;

/** What a log writes to. */
export type LogStream = Pick<NodeJS.WriteStream, 'write' | 'writableLength'>;

/** How long a line of the log may wait for others, in milliseconds. */
const GATHER_MS = 20;

/** A stream that gathers what comes within a moment, for to write a line costs five times what it costs to make. `flush` before the process ends. */
export function gathering(stream: LogStream): LogStream & { readonly flush: () => void } {
  let waiting = '';
  const flush = (): void => {
    const text = waiting;
    waiting = '';
    if (text !== '') stream.write(text);
  };
  return {
    get writableLength() {
      return stream.writableLength + waiting.length;
    },
    write(text: string) {
      if (waiting === '') setTimeout(flush, GATHER_MS);
      waiting += text;
      return true;
    },
    flush,
  };
}

/**
 * A log to a stream, by pino: a line of JSON an entry, or, pretty, the same line told for people. `pino-pretty` would bring a
 * dozen packages for a format that is one line of ours.
 *
 * Where nobody reads the stream, lines are dropped and counted rather than kept without end.
 */
export function loggerTo(stream: LogStream, format: 'pretty' | 'json'): Log {
  let dropped = 0;
  const write = (line: string): void => {
    if (stream.writableLength > MOST_WAITING_BYTES) dropped += 1;
    else stream.write(format === 'json' ? withoutSteering(line) : prettyOf(line));
  };
  let logger: Pino.Logger | undefined;
  return ({ level, message, ...fields }) => {
    logger ??= pinoTo(write);
    if (dropped > 0 && stream.writableLength === 0) {
      logger.warn(`${String(dropped)} lines of the log were dropped, for nobody read them`);
      dropped = 0;
    }
    logger[level](fields, message);
  };
}

/** Loads pino, which is so much of a start that it waits for the first line. */
function pinoTo(write: (line: string) => void): Pino.Logger {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- no import() can be had at once
  const { pino } = require('pino') as typeof Pino;
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (level) => ({ level }) } }, { write });
}

function prettyOf(line: string): string {
  const { level, time, msg } = JSON.parse(line) as { readonly level: LogEntry['level']; readonly time: string; readonly msg: string };
  return prettyLine({ level, message: msg }, new Date(time));
}

/** Beside the controls that JSON escapes there are some that it lets stand, and a terminal may obey. In JSON they can only stand in texts. */
function withoutSteering(line: string): string {
  if (isPrintableAscii(line.trimEnd())) return line;
  return line.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}
