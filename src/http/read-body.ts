import type { IncomingMessage } from 'node:http';
import bodyParser from 'body-parser';
import type { NextFunction, Request, RequestHandler } from 'express';
import { quote } from '../mor/quote.ts';
import { MockMorError } from '../problems.ts';

/** What bodies may be packed in. body-parser would take zstd too, on those Nodes that have it. */
const UNPACKED: readonly string[] = ['gzip', 'deflate', 'br', 'identity'];

/** Reads the bytes of a body of any type into `req.body`, unpacked; a request without one has none. `remedy` says what to do about the limit. */
export function readBody(maxBytes: number, remedy: string): RequestHandler {
  const tooLarge = (): MockMorError => new MockMorError('BODY_TOO_LARGE', `the body has more than ${String(maxBytes)} bytes; ${remedy}`);
  const read: RequestHandler = bodyParser.raw({ type: () => true, limit: maxBytes });
  return (req, res, next) => {
    const { 'content-encoding': sentPacking, 'transfer-encoding': coding, 'content-length': sentLength } = req.headers;
    const length = Number(sentLength ?? 0);
    const isPlain = sentPacking === undefined && coding === undefined;
    // Most calls carry all in the query.
    if (isPlain && length === 0) {
      next();
      return;
    }
    if (isPlain && length <= maxBytes && isUntouched(req)) {
      readPlain(length, req, next);
      return;
    }
    const packing = sentPacking?.toLowerCase() ?? 'identity';
    if (!UNPACKED.includes(packing)) {
      next(
        new MockMorError(
          'BODY_UNSUPPORTED',
          `unsupported content encoding ${quote(packing, { maxLength: 80 })}; allowed: ${UNPACKED.join(', ')}`,
        ),
      );
      return;
    }
    const refuse = (problem: MockMorError): void => {
      res.setHeader('Connection', 'close');
      next(problem);
    };
    // A body that is too long by its Content-Length is refused before it is sent; body-parser would read it to its end first.
    if (length > maxBytes) {
      refuse(tooLarge());
      return;
    }
    let isRefused = false;
    if (coding !== undefined) {
      if (coding.toLowerCase() !== 'chunked') {
        refuse(
          new MockMorError(
            'BODY_UNSUPPORTED',
            `the transfer encoding ${quote(coding, { maxLength: 80 })} is not read here; allowed: chunked`,
          ),
        );
        return;
      }
      onceBeyond(maxBytes, req, () => {
        isRefused = true;
        refuse(tooLarge());
      });
    }
    void read(req, res, (error?: unknown) => {
      if (isRefused) return;
      if (error === undefined) next();
      else next(problemOf(error, tooLarge));
    });
  };
}

/** Whether nobody has begun to read. */
function isUntouched(req: Request): boolean {
  return req.body === undefined && req.readableFlowing === null && !req.readableEnded && !req.destroyed;
}

/** Reads a body as almost every client sends it: with a Content-Length, and not compressed. What body-parser does for the others costs a tenth of a request. */
function readPlain(length: number, req: Request, next: NextFunction): void {
  let first: Buffer = NO_BODY;
  let further: Buffer[] | undefined;
  let isSettled = false;
  const settle = (): void => {
    // The end is followed by the close; a client who leaves in the middle comes to the close alone.
    if (isSettled) return;
    isSettled = true;
    const body = further === undefined ? first : Buffer.concat([first, ...further]);
    if (body.length === length) req.body = body;
    next(body.length === length ? undefined : notWhole());
  };
  req.on('data', (piece: Buffer) => {
    if (first.length === 0) first = piece;
    else (further ??= []).push(piece);
  });
  req.on('end', settle);
  req.on('close', settle);
}

const NO_BODY = Buffer.alloc(0);

/** Calls back once a body without a Content-Length has more bytes than this, compressed or not, however much is still to come. */
function onceBeyond(maxBytes: number, req: IncomingMessage, run: () => void): void {
  let received = 0;
  const count = (chunk: Buffer): void => {
    received += chunk.length;
    if (received <= maxBytes) return;
    req.off('data', count);
    run();
  };
  req.on('data', count);
}

/** The bytes that were read; none where there was no body. */
export function getBody(req: { readonly body?: unknown }): Buffer {
  if (req.body === undefined) return NO_BODY;
  if (Buffer.isBuffer(req.body)) return req.body;
  throw new MockMorError('BODY_INVALID', 'another body parser read the body before; put the handler of mock-mor in front of it');
}

/** What body-parser means, in our words. What it does not mean goes on as it is. */
function problemOf(error: unknown, tooLarge: () => MockMorError): unknown {
  if (!(error instanceof Error) || !('status' in error)) return error;
  if (error.status === 413) return tooLarge();
  // What is left is cut off, of another length than its Content-Length, or not compressed as its Content-Encoding says.
  if (error.status === 400) return notWhole();
  return error;
}

function notWhole(): MockMorError {
  return new MockMorError('BODY_INVALID', 'the body did not come whole, or is not packed as its Content-Encoding says');
}
