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
 * A log to a stream: a line of JSON an entry, or, pretty, a line for people.
 *
 * Where nobody reads the stream, lines are dropped and counted rather than kept without end.
 */
export function loggerTo(stream: LogStream, format: 'pretty' | 'json'): Log {
  let dropped = 0;
  const line = format === 'json' ? jsonLine : prettyLine;
  return (entry) => {
    if (dropped > 0 && stream.writableLength === 0) {
      stream.write(line({ level: 'warn', message: `${String(dropped)} lines of the log were dropped, for nobody read them` }, new Date()));
      dropped = 0;
    }
    if (stream.writableLength > MOST_WAITING_BYTES) dropped += 1;
    else stream.write(line(entry, new Date()));
  };
}

/** An entry as JSON, line feed included: level and time, what is known of a request, and the message as `msg`. */
function jsonLine(entry: LogEntry, time: Date): string {
  let line = `{"level":"${entry.level}","time":"${time.toISOString()}"`;
  // One by one: to take level and message out of a copy costs more than all the rest.
  for (const name in entry) {
    const value = entry[name as keyof LogEntry];
    if (value !== undefined && name !== 'level' && name !== 'message') line += `,"${name}":${JSON.stringify(value)}`;
  }
  return withoutSteering(`${line},"msg":${JSON.stringify(entry.message)}}\n`);
}

/** Beside the controls that JSON escapes there are some that it lets stand, and a terminal may obey. In JSON they can only stand in texts. */
function withoutSteering(line: string): string {
  if (isPrintableAscii(line.slice(0, -1))) return line;
  return line.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}
