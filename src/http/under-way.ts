import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The answers of a server that are not out yet. */
export interface UnderWay {
  /** Takes one up, before the app sees its request. */
  readonly began: (response: ServerResponse) => void;
  /** The answer to the newest request of a connection that is not out yet. */
  readonly newestOf: (socket: Duplex) => ServerResponse | undefined;
  /** How many there are. */
  readonly count: () => number;
  /** Calls back each time the last of them is out. */
  readonly onNone: (run: () => void) => void;
}

/** Where a connection has its answers that are not out yet, in their order. */
const ANSWERS = Symbol('answers');

type Answering = Duplex & { [ANSWERS]?: ServerResponse[] };

/**
 * Keeps account of the answers of a server. Where a connection ends, Node tells only the answer whose turn it was; those to
 * requests that were pipelined behind it are told here, or they would be under way for ever.
 */
export function watchAnswers(server: Server): UnderWay {
  let count = 0;
  let onNone = (): void => undefined;
  // One function for all: a listener made for each request costs a twentieth of the request.
  function ended(this: ServerResponse): void {
    const answers = (this.req.socket as Answering)[ANSWERS] ?? [];
    const place = answers.indexOf(this);
    // Of an answer that was told here Node may still tell.
    if (place < 0) return;
    answers.splice(place, 1);
    count -= 1;
    if (count === 0) onNone();
  }
  server.on('connection', (socket: Answering) => {
    socket[ANSWERS] = [];
    socket.once('close', () => {
      for (const answer of [...(socket[ANSWERS] ?? [])])
        if (answer.socket === null && !answer.writableFinished) answer.destroy().emit('close');
    });
  });
  return {
    began: (response) => {
      (response.req.socket as Answering)[ANSWERS]?.push(response);
      count += 1;
      response.on('close', ended);
    },
    newestOf: (socket: Answering) => socket[ANSWERS]?.at(-1),
    count: () => count,
    onNone: (run) => {
      onNone = run;
    },
  };
}
