/** Refuses arguments of a wrong kind, which JavaScript lets pass, with a sentence that says what to do. */
import { quote } from '../mor/quote.ts';
import { invalidOption, MockMorError } from '../problems.ts';

/** @throws MockMorError `OPTION_INVALID` unless an id is a number. `advice` says how to call it: `mor.user(0)` */
export function checkId(id: unknown, advice: string): void {
  if (typeof id !== 'number') throw invalidOption(`an id is a number, not ${describe(id)}: write ${advice}`);
}

/**
 * A record is an object, or YAML text of one. `example` is one.
 *
 * @throws MockMorError `RECORD_INVALID` for anything else, also for text that is a single word or number
 */
export function checkRecord(input: unknown, subject: string, example: string): void {
  const isRecord = typeof input === 'string' ? /[:{\n]|^\s*$/.test(input) : typeof input === 'object' && input !== null;
  if (!isRecord)
    throw new MockMorError(
      'RECORD_INVALID',
      `${subject} is an object, such as ${example}, or YAML text of this shape; it is ${describe(input)}`,
    );
}

/** What looks like the path of a file, in place of what the file holds. */
export function isPath(text: string): boolean {
  return text.length <= 4096 && !/[\n{}]|:\s/.test(text) && (/^\.{0,2}[/\\]|^[a-z]:\\/i.test(text) || /\.(?:ya?ml|json|csv)$/i.test(text));
}

/** What looks like YAML or JSON, in place of a path. */
export function isYaml(text: string): boolean {
  return /\n|^\s*[{[]|^[a-z_]+:(?:\s|$)/.test(text);
}

function describe(value: unknown): string {
  if (typeof value === 'string') return `the text ${quote(value, { maxLength: 80 })}`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'number' || typeof value === 'boolean' ? `the ${typeof value} ${String(value)}` : String(value);
}
