import { prettyLine, type Log, type LogEntry } from '../log.ts';

/** How much of the log waits for a reader, in bytes. */
const MOST_WAITING_BYTES = 1_048_576;

/** What a log writes to. */
export type LogStream = Pick<NodeJS.WriteStream, 'write' | 'writableLength'>;

/** How long a line of the log may wait for others, in milliseconds, and how many characters of them wait at the most. */
const GATHER_MS = 20;
const MOST_GATHERED = 16_384;

/** A stream that gathers what comes within a moment, for to write a line costs five times what it costs to make. `flush` before the process ends. */
export function batchWrites(stream: LogStream): LogStream & { readonly flush: () => void } {
  let waiting = '';
  let isDue = false;
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
      waiting += text;
      if (waiting.length >= MOST_GATHERED) flush();
      else if (!isDue) {
        isDue = true;
        setTimeout(() => {
          isDue = false;
          flush();
        }, GATHER_MS);
      }
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
export function createLogger(stream: LogStream, format: 'pretty' | 'json'): Log {
  let dropped = 0;
  const line = format === 'json' ? jsonLine : (entry: LogEntry, ms: number): string => prettyLine(entry, new Date(ms));
  return (entry) => {
    if (dropped > 0 && stream.writableLength === 0) {
      stream.write(line({ level: 'warn', message: `${String(dropped)} lines of the log were dropped, for nobody read them` }, Date.now()));
      dropped = 0;
    }
    if (stream.writableLength > MOST_WAITING_BYTES) dropped += 1;
    else stream.write(line(entry, Date.now()));
  };
}

/** An entry as JSON, line feed included: level and time, what is known of a request, and the message as `msg`. */
function jsonLine(entry: LogEntry, ms: number): string {
  let line = `{"level":"${entry.level}","time":"${isoText(ms)}"`;
  // Field by field: a copy of the entry without its message would take longer to make than the line.
  for (const name in entry) {
    const value = entry[name as keyof LogEntry];
    if (value !== undefined && name !== 'level' && name !== 'message') line += leadOf(name) + jsonOf(value);
  }
  return `${line},"msg":${jsonOf(entry.message)}}\n`;
}

let newest = { ms: NaN, text: '' };

/** A time as ISO 8601, made once for all lines of a millisecond. */
function isoText(ms: number): string {
  if (ms !== newest.ms) newest = { ms, text: new Date(ms).toISOString() };
  return newest.text;
}

const leads = new Map<string, string>();

/** What stands in front of the value of a field. There are few fields, so each is put together once. */
function leadOf(name: string): string {
  let lead = leads.get(name);
  if (lead === undefined) leads.set(name, (lead = `,"${name}":`));
  return lead;
}

/** A value as JSON. Beside the controls that JSON escapes there are some that it lets stand, and a terminal may obey: in JSON they can only stand in texts. */
function jsonOf(value: unknown): string {
  if (typeof value === 'number') return String(value);
  // What almost every text is needs no care.
  if (typeof value === 'string' && /^[ !#-[\]-~]*$/.test(value)) return `"${value}"`;
  const json = JSON.stringify(value);
  // To count the bytes is the quickest way to know that all is ASCII, and of that there is one such character alone.
  if (Buffer.byteLength(json) === json.length && !json.includes('\u007f')) return json;
  return json.replace(/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from({ length: character.length }, (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
  );
}
