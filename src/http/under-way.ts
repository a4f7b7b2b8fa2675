import type { Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';

/** The answers of a server that are not out yet. */
export interface UnderWay {
  /** The answer to the newest request of a connection that is not out yet. */
  readonly newestOf: (socket: Duplex) => ServerResponse | undefined;
  /** How many there are. */
  readonly count: () => number;
  /** Calls back each time the last of them is out. */
  readonly onNone: (run: () => void) => void;
}

/**
 * Keeps account of the answers of a server. Where a connection ends, Node tells only the answer whose turn it was; those to
 * requests that were pipelined behind it are told here, or they would be under way for ever.
 */
export function watchAnswers(server: Server): UnderWay {
  const bySocket = new Map<Duplex, Set<ServerResponse>>();
  let count = 0;
  let onNone = (): void => undefined;
  server.on('connection', (socket) => {
    const answers = new Set<ServerResponse>();
    bySocket.set(socket, answers);
    socket.once('close', () => {
      bySocket.delete(socket);
      for (const answer of answers) if (answer.socket === null && !answer.writableFinished) answer.destroy().emit('close');
    });
  });
  server.prependListener('request', ({ socket }, response) => {
    const answers = bySocket.get(socket);
    answers?.add(response);
    count += 1;
    response.once('close', () => {
      answers?.delete(response);
      count -= 1;
      if (count === 0) onNone();
    });
  });
  return {
    newestOf: (socket) => [...(bySocket.get(socket) ?? [])].at(-1),
    count: () => count,
    onNone: (run) => {
      onNone = run;
    },
  };
}
