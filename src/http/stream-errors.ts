import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Log } from '../log.ts';

/** Takes the two streams of a request. */
export type StreamGuard = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Handles the errors of requests and answers, which would end the process if nobody did. That a client has gone is no error: the request
 * has ended, and is logged as aborted. An error of an answer is a defect, and is logged.
 */
export function createStreamGuard(log: Log): StreamGuard {
  function report(this: ServerResponse, error: Error): void {
    log({ level: 'error', message: `an answer to a ${this.req.method ?? ''} broke: ${error.stack ?? error.message}` });
  }
  return (request, response) => {
    request.on('error', ignore);
    response.on('error', report);
  };
}

function ignore(): void {
  return undefined;
}
