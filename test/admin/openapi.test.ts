import Ajv from 'ajv/dist/2020.js';
import request from 'supertest';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { ADMIN_ROUTES } from '../../src/http/admin/routes.ts';

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content: Readonly<Record<string, { readonly schema: object } | undefined>> } | undefined>
  >;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let mor: MockMor;
let document: Document;

beforeEach(async () => {
  mor = await createMockMor();
  mor.takeSnapshot('a');
  mor.createSandbox({ name: 'a' });
  document = (await request(mor.handler).get('/__admin/openapi.json')).body as Document;
});

/** Holds an answer to the schema that the description has for it. */
function faultsIn({ status, body, type }: request.Response, method: string, path: string): unknown {
  const schema = document.paths[path]?.[method]?.responses[String(status)]?.content[type]?.schema;
  if (schema === undefined) return `nothing is said of ${method} ${path} answering ${String(status)} ${type}`;
  const ajv = new Ajv({ strict: false, formats: { 'date-time': true } });
  ajv.addSchema(document, 'doc');
  const check = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"doc#/')) as object);
  return check(body) ? [] : check.errors;
}

it('names every route and no other', () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method} ${path}`),
  );
  const routed = ADMIN_ROUTES.map(
    ({ method, path }) => `${method.toLowerCase()} /__admin${path === '/' ? '' : path.replace(':id', '{id}').replace(':name', '{name}')}`,
  );
  expect(described.toSorted()).toEqual(routed.toSorted());
});

it.each<[method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, target: string, body: object | undefined, status: number]>([
  ['get', '/__admin', '/__admin?pretty', undefined, 200],
  ['get', '/__admin/health', '/__admin/health', undefined, 200],
  ['post', '/__admin/reset', '/__admin/reset', undefined, 200],
  ['post', '/__admin/reset', '/__admin/reset?scope=x', undefined, 400],
  ['get', '/__admin/dids', '/__admin/dids', undefined, 200],
  ['get', '/__admin/dids', '/__admin/dids?x=1', undefined, 400],
  ['post', '/__admin/dids', '/__admin/dids', { did: '5', provider_id: 1 }, 201],
  ['post', '/__admin/dids', '/__admin/dids', { did: '37060000001', provider_id: 1 }, 409],
  ['post', '/__admin/dids', '/__admin/dids', {}, 422],
  ['get', '/__admin/dids/{id}', '/__admin/dids/1', undefined, 200],
  ['get', '/__admin/dids/{id}', '/__admin/dids/77', undefined, 404],
  ['delete', '/__admin/dids/{id}', '/__admin/dids/1', undefined, 200],
  ['get', '/__admin/users', '/__admin/users', undefined, 200],
  ['get', '/__admin/providers', '/__admin/providers', undefined, 200],
  ['get', '/__admin/settings', '/__admin/settings', undefined, 200],
  ['patch', '/__admin/settings', '/__admin/settings', { allow_api: false }, 200],
  ['patch', '/__admin/settings', '/__admin/settings', { allow_api: 1 }, 422],
  ['put', '/__admin/fixtures', '/__admin/fixtures', { users: [] }, 200],
  ['put', '/__admin/fixtures', '/__admin/fixtures', { users: 1 }, 422],
  ['post', '/__admin/fixtures/reload', '/__admin/fixtures/reload', undefined, 200],
  ['get', '/__admin/faults', '/__admin/faults', undefined, 200],
  ['post', '/__admin/faults', '/__admin/faults', { http: { status: 503, headers: { 'Retry-After': '1' } }, times: 'always' }, 201],
  ['post', '/__admin/faults', '/__admin/faults', {}, 422],
  ['delete', '/__admin/faults', '/__admin/faults', undefined, 200],
  ['get', '/__admin/faults/{id}', '/__admin/faults/1', undefined, 404],
  ['delete', '/__admin/faults/{id}', '/__admin/faults/1', undefined, 404],
  ['get', '/__admin/coverage', '/__admin/coverage', undefined, 200],
  ['delete', '/__admin/coverage', '/__admin/coverage', undefined, 200],
  ['get', '/__admin/metrics', '/__admin/metrics?x=1', undefined, 400],
  ['post', '/__admin/explain', '/__admin/explain?u=admin', { did: 5 }, 200],
  ['post', '/__admin/explain', '/__admin/explain?__x=1', undefined, 400],
  ['post', '/__admin/hash', '/__admin/hash', { did: '5' }, 200],
  ['post', '/__admin/hash', '/__admin/hash', {}, 400],
  ['get', '/__admin/openapi.json', '/__admin/openapi.json', undefined, 200],
  ['post', '/__admin/explain/{name}', '/__admin/explain/did_create', { u: 'admin' }, 200],
  ['post', '/__admin/hash/{name}', '/__admin/hash/did_create', { did: '5' }, 200],
  ['get', '/__admin/describe/xsd', '/__admin/describe/xsd?x=1', undefined, 400],
  ['get', '/__admin/snapshots', '/__admin/snapshots', undefined, 200],
  ['post', '/__admin/snapshots', '/__admin/snapshots', { name: 'b' }, 201],
  ['post', '/__admin/snapshots', '/__admin/snapshots', { name: 'a' }, 409],
  ['post', '/__admin/snapshots', '/__admin/snapshots', { name: '..' }, 422],
  ['post', '/__admin/snapshots/{name}/restore', '/__admin/snapshots/a/restore', undefined, 200],
  ['post', '/__admin/snapshots/{name}/restore', '/__admin/snapshots/b/restore', undefined, 404],
  ['delete', '/__admin/snapshots/{name}', '/__admin/snapshots/a', undefined, 200],
  ['get', '/__admin/sandboxes', '/__admin/sandboxes', undefined, 200],
  ['post', '/__admin/sandboxes', '/__admin/sandboxes', { from: 'a' }, 201],
  ['post', '/__admin/sandboxes', '/__admin/sandboxes', { name: 'a' }, 409],
  ['post', '/__admin/sandboxes', '/__admin/sandboxes', { x: 1 }, 422],
  ['get', '/__admin/sandboxes/{name}', '/__admin/sandboxes/a', undefined, 200],
  ['get', '/__admin/sandboxes/{name}', '/__admin/sandboxes/b', undefined, 404],
  ['delete', '/__admin/sandboxes/{name}', '/__admin/sandboxes/a', undefined, 200],
  ['delete', '/__admin/sandboxes/{name}', '/__admin/sandboxes/b', undefined, 404],
  ['get', '/__admin/health', '/__sandboxes/a/__admin/health', undefined, 200],
  ['get', '/__admin/health', '/__sandboxes/b/__admin/health', undefined, 404],
  ['get', '/__admin/dids/{id}', '/__sandboxes/a%20b/__admin/dids/1', undefined, 400],
])('%s %s: what %s (%j) answers is as described, status %d', async (method, path, target, body, status) => {
  const answer = await request(mor.handler)[method](target).send(body);
  expect(answer.status).toBe(status);
  expect(faultsIn(answer, method, path)).toEqual([]);
});

it('names the prefix and the header of sandboxes, once', () => {
  const { servers } = document as unknown as { servers: readonly { readonly url: string; readonly description: string }[] };
  expect(servers.map(({ url }) => url)).toEqual(['/', '/__sandboxes/{sandbox}']);
  expect(servers[1]?.description).toContain('X-Mock-Mor-Sandbox');
});

it.each(['/__admin/fixtures', '/__admin/metrics', '/__admin/describe/openapi', '/__admin/describe/xsd'])(
  '%s is described as text',
  async (path) => {
    const { type } = await request(mor.handler).get(path);
    expect(document.paths[path]?.['get']?.responses['200']?.content).toEqual({ [type]: { schema: { type: 'string' } } });
  },
);

it('every filter of the list of DIDs is described', () => {
  const names = document.paths['/__admin/dids']?.['get']?.parameters.map(({ name }) => name);
  expect(names).toEqual([
    ...['did', 'q', 'provider_id', 'reseller_id', 'user_id', 'device_id', 'status', 'created', 'changed', 'mark', 'as', 'sort'],
    ...['limit', 'offset', 'pretty'],
  ]);
});
