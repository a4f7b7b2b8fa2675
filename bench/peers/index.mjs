/** Other mocks and servers, where they are installed: bench/peers/README.md says how. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));

/** Each by the package that must be there, and how it is started: words for `node`, given a way to its files. */
const PEERS = {
  fastify: { package: 'fastify', words: (of) => [at('./fastify.mjs'), of('.')] },
  mockttp: { package: 'mockttp', words: (of) => [at('./mockttp.mjs'), of('.')] },
  'json-server': { package: 'json-server', words: (of) => [at('./json-server.mjs'), of('.')] },
  mountebank: { package: 'mountebank', words: (of) => [at('./mountebank.mjs'), of('.')] },
  Prism: {
    package: '@stoplight/prism-cli',
    words: (of) => [of('@stoplight/prism-cli/dist/index.js'), 'mock', '--port', '4011', at('./openapi.yaml')],
    port: 4011,
  },
  Mockoon: {
    package: '@mockoon/cli',
    words: (of) => [of('@mockoon/cli/bin/run.js'), 'start', '--data', at('./mockoon.json'), '--port', '4012'],
    port: 4012,
  },
};

/** The peers installed in a folder, as servers by name. */
export function peersIn(folder) {
  const modules = resolve(folder, 'node_modules');
  return Object.fromEntries(
    Object.entries(PEERS)
      .filter(([, peer]) => existsSync(join(modules, peer.package)))
      .map(([name, peer]) => [
        name,
        { words: peer.words((path) => join(modules, path)), isPeer: true, ...(peer.port === undefined ? {} : { port: peer.port }) },
      ]),
  );
}
