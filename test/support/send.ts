import supertest from 'supertest';
import { formatTarget, type Answer, type RawRequest } from '../../src/contract/exchange.ts';
import type { MockMor } from '../../src/index.ts';
import { pooledClient } from './pooled.ts';

/** Sends one request over supertest: no port is needed, nothing is followed, nothing is unpacked. */
export async function send(mor: MockMor, request: RawRequest): Promise<Answer> {
  if (request.headers?.['expect'] !== undefined) return sendExpecting(mor, request);
  const call = new supertest.Test(mor.handler, request.method ?? 'POST', formatTarget(request));
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
  for (const [name, value] of Object.entries(request.headers ?? {})) void call.set(name, value);
  if (request.body !== undefined) void call.send(request.body);
  // An answer to HEAD has no body, and none is read.
  const answer = (await call) as { status: number; headers: Readonly<Record<string, string>>; body: Buffer | object };
  const { status, headers: got, body } = answer;
  return {
    status,
    type: got['content-type'],
    disposition: got['content-disposition'],
    encoding: got['content-encoding'],
    location: got['location'],
    body: Buffer.isBuffer(body) ? body.toString('utf8') : '',
  };
}

/** With this header Node sends the head at once, and supertest could set no other behind it. */
async function sendExpecting(mor: MockMor, request: RawRequest): Promise<Answer> {
  const client = await pooledClient(mor, 1);
  try {
    return await client.send(request);
  } finally {
    client.end();
  }
}
