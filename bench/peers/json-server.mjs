/** json-server, storing each body as a record and answering it as JSON: it knows no XML. The folder of its packages is the first word. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { ready } from '../servers/ready.mjs';

const { create, defaults, router, rewriter } = createRequire(join(process.argv[2], 'index.js'))('json-server');
const app = create();
app.use(defaults({ logger: false }));
app.use(rewriter({ '/billing/api/did_create*': '/dids$1' }));
app.use(router({ dids: [] }));
const server = app.listen(0, '127.0.0.1', () => ready(server));
