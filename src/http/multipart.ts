import type * as BusboyModule from '@fastify/busboy';
import type { BusboyInstance } from '@fastify/busboy';
import { TextDecoder } from 'node:util';
import { NOT_TEXT } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';
import type { ReceivedParam } from '../world/journal.ts';
import { findPartCharset, notUtf8 } from './not-utf8.ts';
import { tooManyParameters } from './parameter-limit.ts';
import { decodeUtf8, describeValue } from './text.ts';

/** The parts of a `multipart/form-data` body in their order. An uploaded file is not a string; a field that is not UTF-8 is refused. At most `most`. */
export function paramsOfMultipart(body: Buffer, contentType: string, most: number): Promise<readonly ReceivedParam[]> {
  const { Busboy } = loadBusboy();
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(new MockMorError('BODY_INVALID', `the multipart body is broken: ${error instanceof Error ? error.message : String(error)}`));
    };
    const parts: { readonly name: string; readonly isFile: boolean; readonly chunks: Buffer[] }[] = [];
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: { 'content-type': contentType },
        // Every part as a stream of its bytes: as a field the parser would decode it, and quietly replace what is no UTF-8.
        isPartAFile: () => true,
        // The body is in memory already, within its own limit.
        limits: { fieldNameSize: body.length, parts: most },
      });
    } catch (error) {
      fail(error);
      return;
    }
    parser.on('file', (name: string | undefined, stream, filename: string | undefined) => {
      const chunks: Buffer[] = [];
      // A part without a name is no parameter; its bytes must be read all the same.
      if (name !== undefined) parts.push({ name, isFile: filename !== undefined, chunks });
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', fail);
    });
    parser.on('partsLimit', () => {
      reject(tooManyParameters(most));
    });
    parser.on('error', fail);
    parser.on('finish', () => {
      const params: ReceivedParam[] = [];
      for (const { name, isFile, chunks } of parts) {
        const value = isFile ? NOT_TEXT : decodeUtf8(Buffer.concat(chunks));
        if (value === undefined || holdsReplacedBytes(name, body)) {
          const what = value === undefined ? describeValue(name) : 'the name of a part';
          reject(notUtf8(what, findPartCharset(body, contentType, name)));
          return;
        }
        params.push({ name, value, from: 'multipart' });
      }
      resolve(params);
    });
    parser.end(body);
  });
}

/** Loads the parser at its first use. It makes a global `TextDecoder` while it is loaded, and the window of jsdom has none: Node's is lent. */
function loadBusboy(): typeof BusboyModule {
  const lent = 'TextDecoder' in globalThis ? undefined : { TextDecoder };
  Object.assign(globalThis, lent);
  try {
    // eslint-disable-next-line @typescript-eslint/no-require-imports -- most servers never read one
    return require('@fastify/busboy') as typeof BusboyModule;
  } finally {
    if (lent !== undefined) Reflect.deleteProperty(globalThis, 'TextDecoder');
  }
}

const REPLACEMENT = '\u{fffd}';

/** Whether a name was not UTF-8: the parser then has a replacement character in it that was not sent. */
function holdsReplacedBytes(name: string, body: Buffer): boolean {
  return name.includes(REPLACEMENT) && !body.includes(REPLACEMENT);
}
