/** A file of recorded cases that parses whenever it is looked at, whatever ends the process that writes it. */
import { randomUUID } from 'node:crypto';
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { open, rename, unlink, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MAX_YAML_BYTES } from '../loader/read-files.ts';
import { invalidOption, MockMorError } from '../problems.ts';

/** In front of a case, and of one that is not whole yet: a comment. */
const ITEM = '    - ';
const COMMENT = '    # ';
const MARK_AT = ITEM.indexOf('-');

/** The number in front of the title of a case. */
const NUMBER = /^ {4}- \{ title: "(\d+):/;

/** A line that we wrote: a case, or a comment, which a crash may have cut off. */
const LINE = /^(?: {4}- | {0,4}(?:#|$))/;

/** Only its owner may read it: it holds data of production. */
const MODE = 0o600;

/**
 * Each case is one line, first written as a comment and then, once all of it is there, made a case by one byte. So half a line
 * is half a comment. The file itself comes to be whole, by a rename, with the first case.
 */
export class CaseFile {
  readonly #path: string;
  readonly #head: string;
  #file: FileHandle | undefined;
  #end = 0;
  #isCutOff = false;
  #lastNumber = 0;

  private constructor(path: string, head: string) {
    this.#path = path;
    this.#head = head;
  }

  /**
   * Finds the place to write to: a new file, or one with the same head, to which is added. `head` is all that stands before the cases.
   *
   * @throws MockMorError `OPTION_INVALID` where neither can be
   */
  static at(path: string, head: string): CaseFile {
    const file = new CaseFile(path, head);
    try {
      if (existsSync(path)) file.#resume();
      else accessSync(dirname(path), constants.W_OK);
    } catch (error) {
      // The system's errors have codes of their own.
      if (error instanceof MockMorError || (error as { readonly code?: string }).code === undefined) throw error;
      throw refused((error as Error).message);
    }
    return file;
  }

  /** The highest number in front of a title; each case has the next one. */
  get lastNumber(): number {
    return this.#lastNumber;
  }

  /** Whether there is room for these lines: what is larger could not be read again. */
  hasRoomFor(lines: readonly string[]): boolean {
    const end = this.#end === 0 ? Buffer.byteLength(this.#head) : this.#end;
    return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + ITEM.length + 1, end) <= MAX_YAML_BYTES;
  }

  /** Adds cases, one a line, numbered on from the last. Rejects with the system's error; what was added before stays. */
  async append(lines: readonly string[]): Promise<void> {
    if (this.#end === 0) await this.#create(lines);
    else await this.#extend(lines);
    this.#lastNumber += lines.length;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = undefined;
  }

  #resume(): void {
    accessSync(this.#path, constants.R_OK | constants.W_OK);
    if (!statSync(this.#path).isFile()) throw refused(`${this.#path} is no file`);
    const bytes = readFileSync(this.#path);
    const text = bytes.toString('utf8');
    const lines = text.startsWith(this.#head) ? text.slice(this.#head.length).split('\n') : [];
    if (lines.length === 0 || !lines.every((line) => LINE.test(line)))
      throw refused(`${this.#path} was not recorded from these fixtures; name another file, or take that one away`);
    // Some may have been taken out by hand.
    for (const line of lines) this.#lastNumber = Math.max(this.#lastNumber, Number(NUMBER.exec(line)?.[1] ?? 0));
    this.#end = bytes.length;
    this.#isCutOff = !text.endsWith('\n');
  }

  async #create(lines: readonly string[]): Promise<void> {
    const draft = `${this.#path}.${randomUUID()}.tmp`;
    const text = this.#head + lines.map((line) => `${ITEM}${line}\n`).join('');
    const file = await open(draft, 'wx', MODE);
    try {
      await file.writeFile(text);
      await file.sync();
      if (existsSync(this.#path)) throw new Error(`${this.#path} has come to be meanwhile`);
      await rename(draft, this.#path);
    } catch (error) {
      await file.close();
      await unlink(draft);
      throw error;
    }
    this.#file = file;
    this.#end = Buffer.byteLength(text);
  }

  async #extend(lines: readonly string[]): Promise<void> {
    this.#file ??= await open(this.#path, 'r+');
    const marks: number[] = [];
    // What was cut off stays a comment, on a line of its own.
    let text = this.#isCutOff ? '\n' : '';
    for (const line of lines) {
      marks.push(this.#end + Buffer.byteLength(text) + MARK_AT);
      text += `${COMMENT}${line}\n`;
    }
    await writeAt(this.#file, text, this.#end);
    await this.#file.datasync();
    for (const mark of marks) await writeAt(this.#file, '-', mark);
    this.#end += Buffer.byteLength(text);
    this.#isCutOff = false;
  }
}

async function writeAt(file: FileHandle, text: string, place: number): Promise<void> {
  const bytes = Buffer.from(text);
  const { bytesWritten } = await file.write(bytes, 0, bytes.length, place);
  if (bytesWritten < bytes.length) throw new Error('there was no room for all of it');
}

function refused(why: string): MockMorError {
  return invalidOption(`--record: ${why}`);
}
