/** What the server tells whoever runs it. */

export interface LogEntry {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
}

/** Takes what is told, one entry at a time. */
export type Log = (entry: LogEntry) => void;

/** An entry as one line of JSON, line feed included: `time` (ISO 8601), `level`, `msg`. */
export function jsonLine({ level, message }: LogEntry, time: Date): string {
  return `${JSON.stringify({ time: time.toISOString(), level, msg: message })}\n`;
}

/** An entry for a terminal, line feed included: `12:34:56 info  text`. Further lines of a message stay lines. */
export function prettyLine({ level, message }: LogEntry, time: Date): string {
  return `${time.toTimeString().slice(0, 8)} ${level.padEnd(5)} ${visible(message)}\n`;
}

/** A request's text may be in a message: what would steer the terminal is shown as `\x1b`. */
function visible(text: string): string {
  return text.replace(/(?!\n)\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
