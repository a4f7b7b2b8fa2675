import { createServer } from 'node:http';
import { connect } from 'node:net';
import request from 'supertest';
import { createMockMor, didCreateHash, MockMorError, type MockMor, type MockMorOptions, type ResetScope } from '../src/index.ts';

async function created(mor: MockMor, did: string): Promise<string> {
  const hash = didCreateHash({ provider_id: 1, did, api_secret_key: 'secret' });
  return (await request(mor.handler).post('/billing/api/did_create').type('form').send({ u: 'admin', provider_id: 1, did, hash })).text;
}

async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('createMockMor', () => {
  it('loads the shipped fixtures where nothing is said', async () => {
    const mor = await createMockMor();
    expect(mor.counts()).toEqual({ users: 6, providers: 4, dids: 2 });
  });

  it('takes an object of the fixtures’ shape', async () => {
    const mor = await createMockMor({
      fixtures: {
        users: [{ id: 4, username: 'toString', type: 'admin' }],
        providers: [{ id: 1, name: '' }],
        dids: [{ did: '007', provider_id: 1 }],
      },
    });
    expect(mor.users()).toEqual([{ id: 4, username: 'toString', type: 'admin', accept_hash_without_did: false }]);
    expect(mor.dids()).toMatchObject([{ id: 1, did: '007', status: 'free' }]);
  });

  it('rejects bad fixtures with every fault', async () => {
    const error = await errorOf(
      createMockMor({ fixtures: { users: [{ id: 1, username: 'a', type: 'user', owner_id: 9 }], dids: [{ did: '1', provider_id: 5 }] } }),
    );
    expect(error).toBeInstanceOf(MockMorError);
    expect(error).toMatchObject({ code: 'FIXTURE_INVALID', faults: [{ path: 'users[0].owner_id' }, { path: 'dids[0].provider_id' }] });
  });

  it('rejects a path that is not there', async () => {
    expect(await errorOf(createMockMor({ fixtures: './no/such/folder' }))).toMatchObject({ code: 'FIXTURE_INVALID' });
  });

  it('rejects an option it does not know', async () => {
    expect(await errorOf(createMockMor({ fixtrues: './x' } as MockMorOptions))).toMatchObject({
      code: 'OPTION_INVALID',
      message: 'unknown option "fixtrues". Did you mean "fixtures"? Allowed: fixtures, admin, adminToken, allowedHosts, maxBodyBytes, log.',
    });
  });
});

describe('two mocks', () => {
  it('share nothing', async () => {
    const [a, b] = await Promise.all([createMockMor(), createMockMor()]);
    expect(await created(a, '555')).toContain('<id>3</id>');
    a.patchSettings({ dialect: 'legacy' });
    expect(b.countDids({ created: true })).toBe(0);
    expect(b.settings().dialect).toBe('current');
    expect(await created(b, '556')).toContain('<id>3</id>');
    a.reset();
    expect(b.countDids({ created: true })).toBe(1);
  });
});

describe('what is handed out', () => {
  it('changes nothing when it is changed', async () => {
    const mor = await createMockMor();
    Object.assign(mor.dids()[0] ?? {}, { did: 'x' });
    Object.assign(mor.users()[0] ?? {}, { username: 'x' });
    Object.assign(mor.providers()[0] ?? {}, { hidden: true });
    Object.assign(mor.settings(), { allow_api: false });
    expect(await created(mor, '555')).toContain('<id>3</id>');
    expect(mor.did(1).did).toBe('37060000001');
  });

  it('a filter or scope it does not know is refused', async () => {
    const mor = await createMockMor();
    expect(() => mor.dids({ owner: 5 } as object)).toThrow(
      'unknown filter "owner". Allowed: did, provider_id, reseller_id, status, created, limit, offset.',
    );
    expect(() => mor.countDids({ creatd: true } as object)).toThrow('Did you mean "created"?');
    expect(() => mor.reset(['sate' as ResetScope])).toThrow('Did you mean "state"?');
  });
});

describe('listening', () => {
  it('takes any free port, tells its url, and closes', async () => {
    const mor = await createMockMor();
    expect(mor.url).toBeUndefined();
    const url = await mor.listen();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(mor.url).toBe(url);
    expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
    await Promise.all([mor.close(), mor.close()]);
    await mor.close();
    expect(mor.url).toBeUndefined();
    await expect(fetch(`${url}/__admin/health`)).rejects.toThrow('fetch failed');
  });

  it('listens again after it was closed', async () => {
    const mor = await createMockMor();
    await mor.listen();
    await mor.close();
    const url = await mor.listen();
    expect(((await (await fetch(`${url}/__admin/health`)).json()) as { status: string }).status).toBe('ok');
    await mor.close();
  });

  it('refuses to listen twice at once', async () => {
    const mor = await createMockMor();
    await mor.listen();
    expect(await errorOf(mor.listen())).toMatchObject({ code: 'OPTION_INVALID', message: 'it listens already; close it first' });
    await mor.close();
  });

  it('a port in use is the system’s error, after which another port will do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const mor = await createMockMor();
    expect(await errorOf(mor.listen({ port }))).toMatchObject({ code: 'EADDRINUSE' });
    await mor.listen();
    await mor.close();
    await new Promise((resolve) => other.close(resolve));
  });

  it('close ends connections that are kept alive, and answers what is under way', async () => {
    const mor = await createMockMor();
    const { port } = new URL(await mor.listen());
    const socket = connect(Number(port), '127.0.0.1');
    const answer = await new Promise<string>((resolve) => {
      socket.once('data', (data) => {
        resolve(data.toString());
      });
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    });
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK/);
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await mor.close();
    await ended;
  });

  it('answers over a socket are the bytes that supertest gets', async () => {
    const mor = await createMockMor();
    const url = await mor.listen();
    const paths = ['/billing/api/did_create?u=nobody', '/billing/api/nothing', '/__admin/users', '/nowhere'];
    for (const path of paths) {
      const [overSocket, inProcess] = await Promise.all([fetch(url + path), request(mor.handler).get(path).buffer(true)]);
      expect([overSocket.status, overSocket.headers.get('content-type'), await overSocket.text()]).toEqual([
        inProcess.status,
        inProcess.headers['content-type'],
        inProcess.text,
      ]);
    }
    await mor.close();
  });
});
