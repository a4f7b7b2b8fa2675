/** The list of the numbers that a run has made on a server, or may have made: written before each request leaves, so that nothing is forgotten. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { invalidOption } from '../problems.ts';

const HEADER = 'run,did,id\n';

/** The id is unknown: no answer came, and nobody knows whether the number exists. */
export const UNKNOWN_ID = 'unknown';

export class MadeList {
  readonly #file: string;
  readonly #run: string;
  /** What earlier runs have left in the file. */
  readonly #before: string;
  readonly #ids = new Map<string, string>();

  /** `run` identifies the run. @throws MockMorError `OPTION_INVALID` where the file cannot be read or written */
  constructor(file: string, run: string) {
    this.#file = file;
    this.#run = run;
    this.#before = textOf(file);
    this.#write();
  }

  /** How many numbers are listed of this run. */
  get size(): number {
    return this.#ids.size;
  }

  /** Says that a request with these numbers is about to leave. */
  sending(numbers: readonly string[]): void {
    const added = numbers.filter((number) => !this.#ids.has(number));
    for (const number of added) this.#ids.set(number, UNKNOWN_ID);
    if (added.length > 0) this.#write();
  }

  /** Says that a number was made, and which id it has. */
  made(number: string, id: string): void {
    this.#ids.set(number, id);
    this.#write();
  }

  /** Says that of these numbers none was made by the request that was sent last. */
  refused(numbers: readonly string[]): void {
    const gone = numbers.filter((number) => this.#ids.get(number) === UNKNOWN_ID);
    for (const number of gone) this.#ids.delete(number);
    if (gone.length > 0) this.#write();
  }

  /** Writes the whole file at once, so that a reader always finds complete lines. */
  #write(): void {
    const rows = Array.from(this.#ids, ([number, id]) => `${[this.#run, number, id].map(cell).join(',')}\n`);
    try {
      const next = `${this.#file}.tmp`;
      writeFileSync(next, `${this.#before}${rows.join('')}`);
      renameSync(next, this.#file);
    } catch (error) {
      throw invalidOption(`the list of what is made cannot be written, so nothing more is sent: ${(error as Error).message}`);
    }
  }
}

function textOf(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    return text === '' ? HEADER : text;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return HEADER;
    throw invalidOption(`the list of what is made cannot be read: ${(error as Error).message}`);
  }
}

function cell(text: string): string {
  return /^[\w.:-]*$/.test(text) ? text : `"${text.replaceAll('"', '""').replace(/[\r\n]+/g, ' ')}"`;
}
