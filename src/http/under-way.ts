import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getConnectionEvent } from './tls.ts';

/** The connections of a server, and the answers that are not out yet. */
export interface UnderWay {
  /** The connections there are. */
  readonly connections: ReadonlySet<Socket>;
  /** Takes an answer up, before the app sees its request. */
  readonly began: (response: ServerResponse) => void;
  /** Whether a connection has had a request. */
  readonly hasBegun: (socket: Duplex) => boolean;
  /** The answer to the newest request of a connection that is not out yet. */
  readonly newestOf: (socket: Duplex) => ServerResponse | undefined;
  /** Calls back once none is pending, at once if none is. */
  readonly whenNone: (run: () => void) => void;
}

/** Where a connection has its answers: those that are not out yet, in their order, and some that are. */
const ANSWERS = Symbol('answers');

type Answering = Duplex & { [ANSWERS]?: ServerResponse[] };

const isUnderWay = (answer: ServerResponse): boolean => !answer.closed;

/**
 * Keeps account of the answers of a server. Who is out is looked up when it is asked for: an event for each answer would cost
 * each request. If a connection ends, Node closes only the answer whose turn it was; those to requests that were pipelined
 * behind it are closed here, or they would be pending for ever.
 */
export function watchAnswers(server: Server): UnderWay {
  const connections = new Set<Socket>();
  let onClose: (() => void) | undefined;
  const answersOf = (socket: Answering): readonly ServerResponse[] => socket[ANSWERS] ?? [];
  server.on(getConnectionEvent(server), (socket: Socket & Answering) => {
    socket[ANSWERS] = [];
    connections.add(socket);
    socket.once('close', () => {
      connections.delete(socket);
      for (const answer of answersOf(socket).filter(isUnderWay))
        if (answer.socket === null && !answer.writableFinished) answer.destroy().emit('close');
    });
  });
  return {
    connections,
    began: (response) => {
      const answers = (response.req.socket as Answering)[ANSWERS] ?? [];
      while (answers[0]?.closed === true) answers.shift();
      answers.push(response);
      if (onClose !== undefined) response.on('close', onClose);
    },
    // The last one stays until the next one comes.
    hasBegun: (socket) => answersOf(socket).length > 0,
    newestOf: (socket) => answersOf(socket).findLast(isUnderWay),
    whenNone: (run) => {
      const underWay = (): readonly ServerResponse[] => [...connections].flatMap(answersOf).filter(isUnderWay);
      onClose = () => {
        if (underWay().length === 0) run();
      };
      for (const answer of underWay()) answer.on('close', onClose);
      onClose();
    },
  };
}
