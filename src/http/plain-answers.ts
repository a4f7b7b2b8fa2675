import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../log.ts';
import { showHidden } from '../mor/quote.ts';
import { MockMorError, PROBLEMS } from '../problems.ts';

/** What we say ourselves is plain text with our name in front, never something in MOR's clothes. */
export function plainErrors(log: Log) {
  // Express knows what takes errors by its four parameters.
  return (error: unknown, req: Request, res: Response, _next: NextFunction): void => {
    // The client is gone in the middle of its request: nobody is there to be refused.
    if (req.destroyed && !req.complete) return;
    const status = error instanceof MockMorError ? PROBLEMS[error.code].status : statusOf(error);
    if (status !== undefined && !res.headersSent) {
      sendText(res, status, showHidden((error as Error).message));
      return;
    }
    log({
      level: 'error',
      message: `${req.method} ${req.path} broke: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    });
    // Half an answer is out: all that can be said is that it ends here.
    if (res.headersSent) {
      req.socket.destroy();
      return;
    }
    sendText(res, 500, 'something broke here that is not MOR; the log says what');
  };
}

/** The 4xx that Express means by an error of its own. */
function statusOf(error: unknown): number | undefined {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}

/** A line of ours. */
export function sendText(res: Response, status: number, text: string): void {
  send(res, status, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' }, `mock-mor: ${text}\n`);
}

/** Node's own writing: Express' `send` would look for ETags and types that are settled here. */
export function send(res: Response, status: number, headers: Readonly<Record<string, string>>, body: string): void {
  // Names and values in turns are what Node writes quickest.
  const list: string[] = [];
  for (const name in headers) list.push(name, headers[name] ?? '');
  const bytes = Buffer.byteLength(body);
  list.push('Content-Length', String(bytes));
  res.writeHead(status, list);
  // In one piece with the headers: `end` would make two of it, which costs the system a tenth more.
  res.cork();
  res.write(body, bytes === body.length ? 'latin1' : 'utf8');
  res.uncork();
  res.end();
}
