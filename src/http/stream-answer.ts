/** Sends an answer of any length within bounded memory. */
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ServerResponse } from 'node:http';

/** Characters that are written at once. More than a socket takes without waiting, so that other requests get their turn. */
const CHUNK_LENGTH = 65_536;

/** Sends a text that begins with `head` and goes on with `rest`, which is read as fast as the client reads, and no further if the client leaves. */
export async function streamAnswer(
  res: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  head: string,
  rest: Iterable<string>,
): Promise<void> {
  res.writeHead(status, headers);
  try {
    await pipeline(Readable.from(joinPieces(head, rest), { objectMode: false }), res);
  } catch (error) {
    // Without an error of its own the response was closed by the client.
    if (res.errored !== null) throw error;
  }
}

function* joinPieces(head: string, rest: Iterable<string>): Generator<Buffer> {
  let chunk = head;
  for (const piece of rest) {
    chunk += piece;
    if (chunk.length >= CHUNK_LENGTH) {
      yield Buffer.from(chunk);
      chunk = '';
    }
  }
  if (chunk !== '') yield Buffer.from(chunk);
}
