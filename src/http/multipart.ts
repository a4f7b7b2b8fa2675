import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { NOT_TEXT, type ParamValue } from '../mor/params.ts';
import { MockMorError } from '../problems.ts';

/** The parts of a `multipart/form-data` body in their order. An uploaded file is no text. */
export function pairsOfMultipart(body: Buffer, contentType: string): Promise<readonly (readonly [name: string, value: ParamValue])[]> {
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      reject(new MockMorError('BODY_INVALID', `the multipart body is broken: ${error instanceof Error ? error.message : String(error)}`));
    };
    const pairs: (readonly [string, ParamValue])[] = [];
    let parser: BusboyInstance;
    try {
      parser = new Busboy({
        headers: { 'content-type': contentType },
        // The body is in memory already, within its own limit.
        limits: { fieldSize: body.length, fieldNameSize: body.length },
      });
    } catch (error) {
      fail(error);
      return;
    }
    parser.on('field', (name, value) => pairs.push([name, value]));
    parser.on('file', (name, file) => {
      pairs.push([name, NOT_TEXT]);
      file.on('error', fail).resume();
    });
    parser.on('error', fail);
    parser.on('finish', () => {
      resolve(pairs);
    });
    parser.end(body);
  });
}
