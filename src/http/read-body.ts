import bodyParser from 'body-parser';
import type { RequestHandler } from 'express';
import { MockMorError } from '../problems.ts';

/** Reads the bytes of a body of any type into `req.body`, unpacked; a request without one has none. `remedy` says what to do about the limit. */
export function readBody(maxBytes: number, remedy: string): RequestHandler {
  const read: RequestHandler = bodyParser.raw({ type: () => true, limit: maxBytes });
  return (req, res, next) => {
    void read(req, res, (error?: unknown) => {
      if (error === undefined) next();
      else next(problemOf(error, `the body has more than ${String(maxBytes)} bytes; ${remedy}`));
    });
  };
}

/** The bytes that were read; none where there was no body. */
export function bodyOf(req: { readonly body?: unknown }): Buffer {
  return Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0);
}

/** What body-parser means, in our words. What it does not mean goes on as it is. */
function problemOf(error: unknown, tooLarge: string): unknown {
  if (!(error instanceof Error) || !('status' in error)) return error;
  if (error.status === 413) return new MockMorError('BODY_TOO_LARGE', tooLarge);
  if (error.status === 415) return new MockMorError('BODY_UNSUPPORTED', `${error.message}; allowed: gzip, deflate, br, identity`);
  // What is left is cut off, of another length than told, or not packed as its Content-Encoding says.
  if (error.status === 400)
    return new MockMorError('BODY_INVALID', 'the body did not come whole, or is not packed as its Content-Encoding says');
  return error;
}
