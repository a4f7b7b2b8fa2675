/** The built command as a child process. Whatever a test started is gone after it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** What `npm run build` makes; `npm test` does that first. */
export const PROGRAM = join(__dirname, '../../dist/cli.js');

export interface Exit {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Setting {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** What it reads from standard input. Default: nothing. */
  readonly input?: string;
  /** Options of Node itself. */
  readonly node?: readonly string[];
}

/** A running command. */
export class Program {
  readonly #child: ChildProcess;
  readonly #exit: Promise<Exit>;
  stdout = '';
  stderr = '';

  constructor(args: readonly string[], { env = {}, cwd, node = [], input }: Setting = {}) {
    const outer = Object.entries(process.env).filter(([name]) => !name.startsWith('MOCK_MOR_'));
    this.#child = spawn(process.execPath, [...node, PROGRAM, ...args], {
      env: { ...Object.fromEntries(outer), ...env },
      cwd,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    this.#child.stdin?.end(input);
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => (this.stdout += text));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.stderr += text));
    this.#exit = once(this.#child, 'close').then(([status]) => ({
      status: status as number | null,
      stdout: this.stdout,
      stderr: this.stderr,
    }));
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** How it ended. */
  exit(): Promise<Exit> {
    return this.#exit;
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Closes our end of its output. */
  stopReading(stream: 'stdout' | 'stderr'): void {
    this.#child[stream]?.destroy();
  }

  /** Leaves what it writes where it is, from now on. */
  pauseReading(stream: 'stdout' | 'stderr'): void {
    this.#child[stream]?.pause();
  }

  /** Settles when the process is gone, whatever of its output is still to be read. */
  async gone(): Promise<void> {
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, 'exit');
    this.#child.stderr?.resume();
  }

  /** The first match in what it wrote; it fails where the command ends without it. */
  async said(stream: 'stdout' | 'stderr', pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this[stream]);
      if (match !== null) return match;
      const ended = await Promise.race([once(this.#child[stream]!, 'data').then(() => undefined), this.#exit]);
      if (ended !== undefined && !pattern.test(this[stream])) {
        throw new Error(`it ended with ${String(ended.status)} before it said ${String(pattern)}:\n${ended.stdout}${ended.stderr}`);
      }
    }
  }

  /** Where it serves, once it is ready. */
  async url(): Promise<string> {
    return (await this.said('stdout', /mock-mor ready on (https?:\S+) /))[1] ?? '';
  }
}

const started: Program[] = [];

/** Starts the command. */
export function start(args: readonly string[], setting?: Setting): Program {
  const program = new Program(args, setting);
  started.push(program);
  return program;
}

/** The words for a server on a free port. */
export const SERVE = ['serve', '--port', '0'] as const;

/** Starts a server on a free port. */
export function serve(args: readonly string[] = [], setting?: Setting): Program {
  return start([...SERVE, ...args], setting);
}

/** Runs the command to its end. */
export function run(args: readonly string[], setting?: Setting): Promise<Exit> {
  return start(args, setting).exit();
}

afterEach(async () => {
  for (const program of started) program.kill('SIGKILL');
  await Promise.all(started.splice(0).map((program) => program.exit()));
});
