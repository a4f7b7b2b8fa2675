import supertest from 'supertest';
import type { MockMor } from '../../src/index.ts';

/** A request to MOR, to the letter. */
export interface RawRequest {
  /** Default: POST. */
  readonly method?: string | undefined;
  /** Default: /billing/api/did_create. */
  readonly path?: string | undefined;
  /** Encoded as it stands. Default: none. */
  readonly query?: string | undefined;
  readonly body?: string | undefined;
  /** The content type. Default: none. */
  readonly type?: string | undefined;
}

/** What of an answer the contract speaks about. */
export interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly disposition: string | undefined;
  readonly encoding: string | undefined;
  readonly location: string | undefined;
  /** The bytes as UTF-8; a test that compares them compares every byte. */
  readonly body: string;
}

export const DID_CREATE = '/billing/api/did_create';

/** The request target: path and query. */
export function targetOf({ path = DID_CREATE, query = '' }: RawRequest): string {
  return query === '' ? path : `${path}?${query}`;
}

/** Sends one request over supertest: no port is needed, nothing is followed, nothing is unpacked. */
export async function send(mor: MockMor, request: RawRequest): Promise<Answer> {
  const call = new supertest.Test(mor.handler, request.method ?? 'POST', targetOf(request));
  void call
    .redirects(0)
    .set('Accept-Encoding', 'identity')
    .ok(() => true)
    .buffer(true)
    .parse((res, done) => {
      const chunks: Buffer[] = [];
      res.on('data', (chunk: string | Buffer) => chunks.push(typeof chunk === 'string' ? Buffer.from(chunk, 'binary') : chunk));
      res.on('end', () => {
        done(null, Buffer.concat(chunks));
      });
    });
  if (request.type !== undefined) void call.set('Content-Type', request.type);
  if (request.body !== undefined) void call.send(request.body);
  const { status, headers, body } = (await call) as { status: number; headers: Readonly<Record<string, string>>; body: Buffer };
  return {
    status,
    type: headers['content-type'],
    disposition: headers['content-disposition'],
    encoding: headers['content-encoding'],
    location: headers['location'],
    body: body.toString('utf8'),
  };
}
