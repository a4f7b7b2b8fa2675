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
    const usesKept = hostile.kind === 'whole' || hostile.moment === 'idle';
    const socket = usesKept && kept !== undefined ? kept : this.#connect();
    // The one that is not used any more would stay open until the server ends it.
    if (socket !== kept) kept?.destroy();
    if (hostile.kind === 'reset') return resetAtMoment(socket, hostile);
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

/** How long a reset waits for its moment, in milliseconds: what was sent may have no answer. */
const RESET_WAIT_MS = 50;

/** Sends, and resets the connection at the moment of the case; settles when it is gone. */
function resetAtMoment(socket: Socket, { bytes, heads, cuts, moment }: HostileCase): Promise<Outcome> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0);
    let answers = 0;
    const reset = (): void => void socket.resetAndDestroy();
    const take = (chunk: Buffer): void => {
      received = Buffer.concat([received, chunk]);
      for (let next = answerIn(received, heads[answers] === true); next !== undefined; next = answerIn(received, heads[answers] === true)) {
        received = next.rest;
        if (next.answer.status >= 200) answers += 1;
      }
      if (moment === 'while' || (heads.length > 0 && answers >= heads.length)) reset();
    };
    const deadline = setTimeout(reset, RESET_WAIT_MS);
    socket.on('data', take).on('end', reset);
    socket.once('close', () => {
      clearTimeout(deadline);
      resolve({ answers: [], wrong: undefined });
    });
    void send(socket, bytes, cuts).then(() => {
      // Behind the bytes, which may still wait for the connection.
      if (moment === 'before' || moment === 'idle') socket.write('', reset);
    });
  });
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
      if (isForeignReply(bytes, received)) settle();
      else if (received.length > 0) settle(`half an answer: ${received.toString('latin1', 0, 80)}`);
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

/** What clients of other protocols are answered, by the beginning of what they sent. */
const FOREIGN_REPLIES: readonly (readonly [start: RegExp, reply: RegExp])[] = [
  [/^04/, /^005b000000000000$/],
  [/^05/, /^05ff$/],
  // `PRI * HTTP/2`: SETTINGS, then GOAWAY with HTTP_1_1_REQUIRED and our line.
  [/^505249202a20485454502f32/, /^0{6}040{10}[0-9a-f]{6}070{10}0{8}0000000d6d6f636b2d6d6f723a20(?:[2-7][0-9a-f])+0a$/],
];

function isForeignReply(sent: Buffer, received: Buffer): boolean {
  const [start, reply] = [sent.toString('hex', 0, 12), received.toString('hex')];
  return FOREIGN_REPLIES.some((foreign) => foreign[0].test(start) && foreign[1].test(reply));
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
