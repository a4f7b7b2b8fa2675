import request from 'supertest';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { ADMIN_ROUTES } from '../../src/http/admin/routes.ts';
import { traceText } from '../../src/control/trace-text.ts';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

const admin = (): ReturnType<typeof request> => request(mor.handler);

/** The whole of an answer, whatever its type. */
const textOf = (call: request.Test): Promise<request.Response> =>
  call.buffer(true).parse((res, done) => {
    let text = '';
    res.setEncoding('utf8');
    res.on('data', (chunk: string) => (text += chunk));
    res.on('end', () => done(null, text));
  });

describe('JSON for people', () => {
  const VIEW = { snapshots: [] };

  it.each<[query: string, accept: string | undefined, type: string, indent: number]>([
    ['', undefined, 'application/json', 0],
    ['', '*/*', 'application/json', 0],
    ['', 'application/json, text/plain, */*', 'application/json', 0],
    ['', 'text/plain, application/json', 'application/json', 0],
    ['', 'text/html,application/xhtml+xml,*/*;q=0.8', 'application/json', 0],
    ['', 'text/plain', 'text/plain', 2],
    ['', 'text/plain;q=0.9, text/html', 'text/plain', 2],
    ['?pretty', undefined, 'application/json', 2],
    ['?pretty=true', undefined, 'application/json', 2],
    ['?pretty=', '*/*', 'application/json', 2],
    ['?pretty=false', undefined, 'application/json', 0],
    ['?pretty=false', 'text/plain', 'text/plain', 0],
  ])('%s with Accept %s: %s, indented by %d', async (query, accept, type, indent) => {
    const call = admin().get(`/__admin/snapshots${query}`);
    if (accept !== undefined) void call.set('Accept', accept);
    const { headers, body } = await textOf(call);
    expect([headers['content-type'], body]).toEqual([`${type}; charset=utf-8`, `${JSON.stringify(VIEW, undefined, indent)}\n`]);
  });

  it.each<[query: string, accept: string, type: string, indent: number]>([
    ['', '*/*', 'application/problem+json', 0],
    ['?pretty', '*/*', 'application/problem+json', 2],
    ['', 'text/plain', 'text/plain', 2],
  ])('problems, with %s and Accept %s', async (query, accept, type, indent) => {
    const { headers, body } = await textOf(admin().get(`/__admin/dids/99${query}`).set('Accept', accept));
    expect(headers['content-type']).toBe(`${type}; charset=utf-8`);
    expect(body).toBe(`${JSON.stringify(JSON.parse(body as string), undefined, indent)}\n`);
  });

  it('is refused with another value', async () => {
    const { status, body } = await admin().get('/__admin/snapshots?pretty=yes');
    expect([status, body]).toMatchObject([400, { code: 'QUERY_INVALID', detail: 'pretty: must be true or false' }]);
  });

  it('next to the parameters of a call it has two underscores, and pretty is one of them', async () => {
    const { body } = await textOf(admin().post('/__admin/explain?__pretty&pretty=1'));
    expect(body).toBe(`${JSON.stringify(JSON.parse(body as string), undefined, 2)}\n`);
  });
});

describe('text for people', () => {
  const QUERY = 'u=admin&provider_id=1&did=37060000099&hash=x';

  beforeEach(async () => {
    await admin().post(`/billing/api/did_create?${QUERY}`);
  });

  it.each([
    ['?format=text', '*/*'],
    ['', 'text/plain'],
    ['?format=text&pretty', 'application/json'],
  ])('one request with %s and Accept %s: the decision as explain prints it', async (query, accept) => {
    const { headers, body } = await textOf(admin().get(`/__admin/requests/1${query}`).set('Accept', accept));
    const { at, trace } = mor.request(1);
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(body).toBe(`request 1: POST /billing/api/did_create at ${at}, completed, status 200\n\n${traceText(trace!)}\n`);
  });

  it('format=json goes before the header', async () => {
    const { body } = await textOf(admin().get('/__admin/requests/1?format=json').set('Accept', 'text/plain'));
    expect(JSON.parse(body as string)).toEqual(JSON.parse(JSON.stringify(mor.request(1))));
  });

  it('a request under a fault, and one that reached no call', async () => {
    mor.addFault({ http: { status: 503 } });
    await admin().post(`/billing/api/did_create?${QUERY}`);
    await admin().put('/billing/api/did_create');
    const texts = await Promise.all([2, 3].map(async (id) => (await admin().get(`/__admin/requests/${String(id)}?format=text`)).text));
    expect(texts[0]).toMatch(/^request 2: .*, status 503\nfault 1: HTTP 503; without it:\n\ndid_create: Incorrect hash\n/);
    expect(texts[1]).toMatch(/^request 3: PUT .*, status 405\n\nno call was reached: MOR's API knows GET and POST, not PUT\n$/);
  });

  it('of an explanation and a hash', async () => {
    const explained = await textOf(admin().post(`/__admin/explain?${QUERY}&__format=text`));
    expect(explained.body).toBe(`${traceText(mor.explain(Object.fromEntries(new URLSearchParams(QUERY))))}\n`);
    const hash = await textOf(admin().post('/__admin/hash?__format=text&did=5'));
    expect(hash.body).toMatch(/^text {2}5\*\*\*\nhash {2}[0-9a-f]{40}\ncurl {2}curl .*\n$/);
  });

  it('is refused where there is none, and with another value', async () => {
    expect((await admin().get('/__admin/users?format=text')).body).toMatchObject({
      detail: expect.stringContaining('Allowed: pretty.') as string,
    });
    expect((await admin().get('/__admin/requests/1?format=xml')).body).toMatchObject({
      status: 400,
      detail: 'format: must be one of json, text',
    });
  });
});

describe('the index', () => {
  const ROUTES = ADMIN_ROUTES.map(({ method, path, about }) => ({
    method,
    path: `/__admin${path === '/' ? '' : path}`.replace(':id', 'ID').replace(':name', 'NAME'),
    summary: about,
  }));

  it.each([
    ['/__admin', '*/*'],
    ['/__admin/', '*/*'],
    ['/__admin', 'text/plain'],
    ['/__admin?format=text', 'application/json'],
  ])('%s with Accept %s is a line for each route', async (path, accept) => {
    const { headers, body } = await textOf(admin().get(path).set('Accept', accept));
    const lines = (body as string).split('\n');
    expect(headers['content-type']).toBe('text/plain; charset=utf-8');
    expect(lines[0]).toMatch(/^mock-mor \d+\.\d+\.\d+: /);
    expect(lines.slice(2, -1).map((line) => line.replace(/ +/g, ' '))).toEqual(
      ROUTES.map(({ method, path: route, summary }) => `${method} ${route} ${summary}`),
    );
  });

  it.each([
    ['/__admin', 'application/json'],
    ['/__admin?format=json', '*/*'],
    ['/__admin?pretty', '*/*'],
  ])('%s with Accept %s is JSON', async (path, accept) => {
    const { headers, body } = await admin().get(path).set('Accept', accept);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body).toEqual({ version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string, routes: ROUTES });
  });

  it('is there in a sandbox, and knows GET alone', async () => {
    mor.createSandbox({ name: 'a' });
    expect((await admin().get('/__sandboxes/a/__admin')).status).toBe(200);
    expect((await admin().post('/__admin')).body).toMatchObject({ status: 405, detail: 'POST is not for /__admin; allowed: GET, HEAD' });
  });

  it('is what a path that is not there leads to', async () => {
    expect((await admin().get('/__admin/nothing')).body).toMatchObject({
      detail: 'the admin API has no /nothing; GET /__admin lists what it has',
    });
  });
});

const WHOLE = ADMIN_ROUTES.filter(({ method, answer }) => method === 'GET' && answer !== 'events');

it.each(WHOLE.map(({ path }) => path))('%s ends with one line feed', async (path) => {
  const target = `/__admin${path.replace(':id', '1').replace(':name', 'a')}`;
  const { body } = await textOf(admin().get(target));
  expect(body).toMatch(/[^\n]\n$/);
});
