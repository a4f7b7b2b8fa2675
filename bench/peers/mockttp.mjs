/** mockttp, answering every call with one success. The folder of its packages is the first word. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { ONE_SUCCESS } from './one-success.mjs';

const { getLocal } = createRequire(join(process.argv[2], 'index.js'))('mockttp');
const server = getLocal();
await server.start();
await server.forAnyRequest().thenReply(200, ONE_SUCCESS, {
  'Content-Type': 'text/xml; charset=utf-8',
  'Content-Length': String(ONE_SUCCESS.length),
});
process.stdout.write(`ready on ${server.url.replace('localhost', '127.0.0.1')}\n`);
