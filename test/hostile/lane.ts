import { connect, type Socket } from 'node:net';
import type { HostileCase } from './cases.ts';

/** One answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** By lower-case name, in the order they came. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** What came of a case. */
export interface Outcome {
  readonly answers: readonly WireAnswer[];
  /** What is wrong with the exchange itself; undefined where nothing is. */
  readonly wrong: string | undefined;
  /** What was sent before on the same connection. */
  readonly before?: Buffer | undefined;
}

/**
 * Behind the answer to such a request the connection is closed. Where most of the request is still to be sent, the system resets the
 * connection for what nobody reads: the client's next write fails, and Node throws the answer away that has come.
 */
const CLOSING = /\r\n(?:upgrade:|connection:[^\r]*close)/i;

/** Does one case after the other, on a connection that is kept as long as it lasts. */
export class Lane {
  readonly #port: number;
  readonly #deadlineMs: number;
  #kept: Socket | undefined;
  #last: HostileCase | undefined;
  #deaf: Socket[] = [];

  /** `deadlineMs`: how long an answer may take. */
  constructor(port: number, deadlineMs: number) {
    this.#port = port;
    this.#deadlineMs = deadlineMs;
  }

  async run(hostile: HostileCase): Promise<Outcome> {
    const kept = this.#kept;
    const before = this.#last;
    this.#kept = undefined;
    this.#last = hostile;
    if (kept?.destroyed === true) return { answers: [], wrong: 'the connection before was ended, though its answer said that it is kept' };
    const socket = hostile.kind === 'whole' && kept !== undefined ? kept : this.#connect();
    if (hostile.kind === 'gone' || hostile.kind === 'deaf') return this.#leave(socket, hostile);
    const exchanged = await exchange(socket, hostile, this.#deadlineMs);
    const outcome = socket === kept ? { ...exchanged, before: before?.bytes } : exchanged;
    const isOver = outcome.answers.at(-1)?.headers.get('connection') === 'close';
    if (hostile.kind === 'whole' && outcome.wrong === undefined && !isOver && !socket.destroyed) this.#kept = socket;
    else socket.destroy();
    return outcome;
  }

  /** Ends every connection, those that are not read too. */
  end(): void {
    this.#kept?.destroy();
    this.#kept = undefined;
    for (const socket of this.#deaf.splice(0)) socket.destroy();
  }

  /** What goes wrong with a connection ends it, which is seen. */
  #connect(): Socket {
    return connect(this.#port, '127.0.0.1').on('error', () => undefined);
  }

  async #leave(socket: Socket, { kind, bytes }: HostileCase): Promise<Outcome> {
    await new Promise<void>((resolve) => socket.once('close', resolve).write(bytes, () => resolve()));
    if (kind === 'gone') socket.destroy();
    else this.#deaf.push(socket.pause());
    return { answers: [], wrong: undefined };
  }
}

function exchange(socket: Socket, { kind, bytes, heads, cuts }: HostileCase, deadlineMs: number): Promise<Outcome> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0);
    // An answer may come before its request is sent whole; the next one must not be sent into the middle of it.
    let isSent = false;
    let why = 'no error';
    const answers: WireAnswer[] = [];
    const settle = (wrong?: string): void => {
      clearTimeout(deadline);
      socket.off('data', take).off('close', end).off('error', note);
      resolve({ answers, wrong });
    };
    const deadline = setTimeout(() => {
      settle(`it hangs: ${String(answers.length)} answers, then nothing for ${String(deadlineMs)} ms`);
    }, deadlineMs);
    const nextAnswer = (): Taken | undefined => answerIn(received, heads[answers.length] === true);
    const take = (chunk: Buffer): void => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      for (let next = nextAnswer(); next !== undefined; next = nextAnswer()) {
        received = next.rest;
        // `100 Continue` comes before an answer and is none.
        if (next.answer.status >= 200) answers.push(next.answer);
      }
      settleIfDone();
    };
    const settleIfDone = (): void => {
      if (!isSent || kind !== 'whole' || answers.length < heads.length) return;
      const isAll = received.length === 0 && answers.length === heads.length;
      settle(isAll ? undefined : `more bytes than answers: ${received.toString('latin1', 0, 80)}`);
    };
    const end = (): void => {
      if (received.length > 0) settle(`half an answer: ${received.toString('latin1', 0, 80)}`);
      else if (kind === 'whole' && answers.length < heads.length && !(why === 'EPIPE' && CLOSING.test(bytes.toString('latin1'))))
        settle(`ended (${why}) after ${String(answers.length)} of ${String(heads.length)} answers`);
      else settle(kind === 'broken' && answers.length === 0 ? 'ended without a word' : undefined);
    };
    const note = (error: NodeJS.ErrnoException): void => {
      why = error.code ?? error.message;
    };
    socket.on('data', take).on('close', end).on('error', note);
    void send(socket, bytes, cuts).then(() => {
      isSent = true;
      if (kind === 'cut') socket.end();
      settleIfDone();
    });
  });
}

async function send(socket: Socket, bytes: Buffer, cuts: readonly number[]): Promise<void> {
  let from = 0;
  for (const to of [...cuts, bytes.length]) {
    if (!socket.destroyed) socket.write(bytes.subarray(from, to));
    from = to;
    if (cuts.length > 0) await new Promise(setImmediate);
  }
}

interface Taken {
  readonly answer: WireAnswer;
  readonly rest: Buffer;
}

/** The first answer in some bytes, and what follows it; undefined where it has not come whole. What is no answer never does. */
function answerIn(bytes: Buffer, isHead: boolean): Taken | undefined {
  const headEnd = bytes.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const [statusLine = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const status = Number(/^HTTP\/1\.1 ([1-9][0-9]{2}) [ -~]+$/.exec(statusLine)?.[1] ?? NaN);
  if (Number.isNaN(status)) return undefined;
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));
  const length = isHead || status < 200 ? 0 : Number(headers.get('content-length') ?? NaN);
  const end = headEnd + 4 + length;
  if (!(end <= bytes.length)) return undefined;
  return { answer: { status, headers, body: bytes.subarray(headEnd + 4, end) }, rest: bytes.subarray(end) };
}
