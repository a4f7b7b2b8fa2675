/** Other mocks and servers, where they are installed: bench/peers/README.md says how. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, URL } from 'node:url';

/** The packages, each with a server of ours around it of the same name. */
const PEERS = ['fastify', 'mockttp', 'json-server'];

/** The peers installed in a folder, as servers by name. */
export function peersIn(folder) {
  const modules = resolve(folder, 'node_modules');
  return Object.fromEntries(
    PEERS.filter((name) => existsSync(join(modules, name))).map((name) => {
      const script = fileURLToPath(new URL(`./${name}.mjs`, import.meta.url));
      return [name, { words: [script, modules], isPeer: true }];
    }),
  );
}
