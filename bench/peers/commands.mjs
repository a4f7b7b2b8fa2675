/**
 * The peers that are commands, each set up to do as little as it can: no logs, no journal, and every call answered with one success.
 * Each writes its files into a folder of its own and gives the words that start it.
 */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';
import { ONE_SUCCESS } from './one-success.mjs';

const PATH = '/billing/api/did_create';
const TYPE = 'text/xml; charset=utf-8';
const HOST = '127.0.0.1';

const listening = (port) => ['--host', HOST, '--port', port];

function written(folder, name, content) {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

/** By the shipped description, whose first example is the success. */
export function prism({ modules, port }) {
  const script = join(modules, '@stoplight/prism-cli/dist/index.js');
  const description = fileURLToPath(new URL('../../contract/did_create.openapi.yaml', import.meta.url));
  // A process apart for the log would not be counted.
  const flags = ['--multiprocess', 'false', '--cors', 'false', '--verboseLevel', 'silent'];
  return [process.execPath, script, 'mock', description, ...listening(port), ...flags];
}

export function mockoon({ modules, folder, port }) {
  const script = join(modules, '@mockoon/cli/bin/run.js');
  const response = {
    uuid: '00000000-0000-4000-8000-000000000002',
    default: true,
    headers: [{ key: 'Content-Type', value: TYPE }],
    body: ONE_SUCCESS,
    disableTemplating: true,
  };
  const route = {
    uuid: '00000000-0000-4000-8000-000000000001',
    type: 'http',
    method: 'all',
    endpoint: PATH.slice(1),
    responses: [response],
  };
  const data = written(folder, 'environment.json', {
    lastMigration: 33,
    name: 'did_create',
    hostname: HOST,
    port,
    cors: false,
    routes: [route],
    rootChildren: [{ type: 'route', uuid: route.uuid }],
  });
  // The line that it prints for each request has no switch. With 0 it would keep them all.
  const flags = ['--disable-log-to-file', '--disable-admin-api', '--max-transaction-logs', '1'];
  return [process.execPath, script, 'start', '--data', data, ...flags];
}

export function mountebank({ modules, folder, port, otherPort }) {
  const script = join(modules, 'mountebank/bin/mb');
  // By itself it ends the connection after each answer, and sends it in chunks.
  const headers = { 'Content-Type': TYPE, 'Content-Length': ONE_SUCCESS.length, Connection: 'keep-alive' };
  const stub = { predicates: [{ equals: { path: PATH } }], responses: [{ is: { headers, body: ONE_SUCCESS } }] };
  const config = written(folder, 'imposters.json', { imposters: [{ protocol: 'http', host: HOST, port, stubs: [stub] }] });
  const flags = ['--noParse', '--localOnly', '--nologfile', '--loglevel', 'error'];
  return [process.execPath, script, 'start', '--configfile', config, ...listening(otherPort), ...flags];
}

export const wiremock = (given) => wiremockWith(given, { body: ONE_SUCCESS });

/** With an id that it makes up. */
export const wiremockTemplate = (given) =>
  wiremockWith(given, {
    body: ONE_SUCCESS.replace('<id>3</id>', '<id>{{randomInt lower=3}}</id>'),
    transformers: ['response-template'],
  });

/** The package's own command would leave a second process of Node before Java, so its jar is started as that starts it. */
function wiremockWith({ modules, folder, port }, response) {
  mkdirSync(join(folder, 'mappings'));
  written(folder, 'mappings/did_create.json', {
    request: { method: 'ANY', urlPath: PATH },
    response: { status: 200, headers: { 'Content-Type': TYPE }, ...response },
  });
  const build = join(modules, 'wiremock/build');
  const jar = join(
    build,
    readdirSync(build).find((name) => name.endsWith('.jar')),
  );
  const flags = ['--no-request-journal', '--disable-request-logging', '--use-chunked-encoding', 'never', '--disable-gzip'];
  return ['java', '-jar', jar, '--root-dir', folder, '--bind-address', HOST, '--port', port, ...flags];
}
