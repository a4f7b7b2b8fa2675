import type { NextFunction, Request, Response } from 'express';
import type { Log } from '../log.ts';
import { showHidden } from '../mor/quote.ts';
import { redactPath, redactText, type KnownSecrets } from '../mor/redact.ts';
import { MockMorError, PROBLEMS } from '../problems.ts';

/** What may not be shown of a request. */
export type SecretsIn = (req: Request, res: Response) => KnownSecrets;

/** What we say ourselves is plain text with our name in front, never something in MOR's clothes. It may quote the request, but no secret in it. */
export function plainErrors(log: Log, secretsIn: SecretsIn) {
  // Express knows what takes errors by its four parameters.
  return (error: unknown, req: Request, res: Response, _next: NextFunction): void => {
    // The client is gone in the middle of its request: nobody is there to be refused.
    if (req.destroyed && !req.complete) return;
    const status = error instanceof MockMorError ? PROBLEMS[error.code].status : statusOf(error);
    if (status !== undefined && !res.headersSent) {
      sendText(res, status, showHidden(redactText((error as Error).message, secretsIn(req, res))));
      return;
    }
    const secrets = secretsIn(req, res);
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    log({ level: 'error', message: `${req.method} ${redactPath(req.path, secrets)} broke: ${redactText(what, secrets)}` });
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

/** Sends one line of plain text with our name in front. */
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
