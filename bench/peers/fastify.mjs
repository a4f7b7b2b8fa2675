/** The same as http-full on Fastify. The folder of its packages is the first word. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { answer } from '../servers/answer.mjs';
import { ready } from '../servers/ready.mjs';

const require = createRequire(join(process.argv[2], 'index.js'));
const app = require('fastify')();
app.register(require('@fastify/formbody'));
app.all('/billing/api/did_create', (request, reply) => {
  reply.type('text/xml').send(answer(request.method, (name) => request.query[name] ?? request.body?.[name]));
});
await app.listen({ port: 0, host: '127.0.0.1' });
ready(app.server);
