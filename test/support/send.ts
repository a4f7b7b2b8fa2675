import supertest from 'supertest';
import { targetOf, type Answer, type RawRequest } from '../../src/contract/exchange.ts';
import type { MockMor } from '../../src/index.ts';

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
