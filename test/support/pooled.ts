import { Agent, request as httpRequest } from 'node:http';
import type { MockMor } from '../../src/index.ts';
import { formatTarget, type Answer, type RawRequest } from '../../src/contract/exchange.ts';

/** A client that keeps its connections: for tests that send thousands of requests. */
export interface PooledClient {
  send(request: RawRequest): Promise<Answer>;
  end(): void;
}

/** Makes the mock listen on a free port of the loopback address, and a client for it. */
export async function pooledClient(mor: MockMor, maxSockets = 8): Promise<PooledClient> {
  const url = new URL(await mor.listen());
  const agent = new Agent({ keepAlive: true, maxSockets });
  const send = ({ method = 'POST', type, body = '', headers: further, ...target }: RawRequest): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const headers = { 'content-length': Buffer.byteLength(body), ...(type === undefined ? {} : { 'content-type': type }), ...further };
      const call = httpRequest({ agent, host: url.hostname, port: url.port, method, path: formatTarget(target), headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('error', reject);
        res.on('end', () => {
          resolve({
            status: res.statusCode ?? 0,
            type: res.headers['content-type'],
            disposition: res.headers['content-disposition'],
            encoding: res.headers['content-encoding'],
            location: res.headers.location,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  return { send, end: () => agent.destroy() };
}
