/** Other mocks and servers, where they are installed: bench/peers/README.md says how. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, URL } from 'node:url';
import { mockoon, mountebank, prism, wiremock, wiremockTemplate } from './commands.mjs';

/** A server of ours around a package, of the same name. */
const around = (name) => (modules) => ({ words: [fileURLToPath(new URL(`./${name}.mjs`, import.meta.url)), modules] });

/** A package's own command: it gets a folder of its own and two free ports, and serves at the first. */
const command = (start) => (modules) => ({ command: (given) => start({ modules, ...given }) });

/** Java compiles late: WireMock answers two to three times as fast after so many times the requests that others are warmed up with. */
const JAVA = { warmUps: 6 };

/** Each with its package, how it is started, and what it answers if not what the mock does. */
const PEERS = {
  fastify: { package: 'fastify', start: around('fastify') },
  mockttp: { package: 'mockttp', start: around('mockttp'), answers: 'success' },
  'json-server': { package: 'json-server', start: around('json-server'), answers: 'JSON' },
  prism: { package: '@stoplight/prism-cli', start: command(prism), answers: 'success' },
  mockoon: { package: '@mockoon/cli', start: command(mockoon), answers: 'success' },
  mountebank: { package: 'mountebank', start: command(mountebank), answers: 'success' },
  wiremock: { package: 'wiremock', start: command(wiremock), answers: 'success', ...JAVA },
  'wiremock, template': { package: 'wiremock', start: command(wiremockTemplate), answers: 'success', ...JAVA },
};

/** The peers installed in a folder, as servers by name. */
export function peersIn(folder) {
  const modules = resolve(folder, 'node_modules');
  return Object.fromEntries(
    Object.entries(PEERS)
      .filter(([, peer]) => existsSync(join(modules, peer.package)))
      .map(([name, { start, ...peer }]) => [name, { ...peer, ...start(modules) }]),
  );
}
