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
    expect(mor.counts()).toEqual({ users: 9, providers: 4, dids: 2 });
  });

  it('takes an object of the fixtures’ shape', async () => {
    const mor = await createMockMor({
      fixtures: {
        users: [{ id: 4, username: 'toString', type: 'admin' }],
        providers: [{ id: 1, name: '' }],
        dids: [{ did: '007', provider_id: 1 }],
      },
    });
    const provenance = { created: false, changed: false };
    expect(mor.users()).toEqual([{ id: 4, username: 'toString', type: 'admin', accept_hash_without_did: false, ...provenance }]);
    expect(mor.dids()).toMatchObject([{ id: 1, did: '007', status: 'free' }]);
  });

  it('rejects bad fixtures with every fault', async () => {
    const error = await errorOf(
      createMockMor({ fixtures: { users: [{ id: 1, username: 'a', type: 'user', owner_id: 9 }], dids: [{ did: '1', provider_id: 5 }] } }),
    );
    expect(error).toBeInstanceOf(MockMorError);
    expect(error).toMatchObject({ code: 'FIXTURE_INVALID', issues: [{ path: 'users[0].owner_id' }, { path: 'dids[0].provider_id' }] });
  });

  it('rejects a path that is not there', async () => {
    expect(await errorOf(createMockMor({ fixtures: './no/such/folder' }))).toMatchObject({ code: 'FIXTURE_INVALID' });
  });

  it.each<[title: string, options: unknown, message: string]>([
    [
      'an option it does not know',
      { fixtrues: './x' },
      'unknown option "fixtrues". Did you mean "fixtures"? Allowed: explain, admin, dashboard, adminToken, allowedHosts, maxBodyBytes, maxParameters, maxHeaderBytes, headersTimeoutMs, requestTimeoutMs, keepAliveTimeoutMs, verified, requestIds, journalEntries, sandboxes, maxSandboxes, sandboxIdleMs, journalBytes, fixtures, log, loadListener, tls.',
    ],
    ['hosts that are no list', { allowedHosts: 'mor' }, 'the option allowedHosts must be a list of strings'],
    [
      'a host that is a URL',
      { allowedHosts: ['http://mor'] },
      'the option allowedHosts "http://mor" must be a host name alone, such as mor or mor.test: no scheme, path or username',
    ],
    [
      'a limit that is no number',
      { maxBodyBytes: '1mb' },
      'the option maxBodyBytes must be a whole number from 1 to 536870888: no body fits into 0, and Node.js holds no longer text',
    ],
    [
      'a limit below nothing',
      { maxBodyBytes: -1 },
      'the option maxBodyBytes must be a whole number from 1 to 536870888: no body fits into 0, and Node.js holds no longer text',
    ],
    [
      'a limit of nothing',
      { maxParameters: 0 },
      'the option maxParameters must be a whole number from 2 to 9007199254740991: a call has at least u and hash',
    ],
    [
      'a time no timer can wait',
      { requestTimeoutMs: 2 ** 31 },
      'the option requestTimeoutMs must be 0 or a whole number from 10 to 2147483647: it is in milliseconds, and 0 is no limit',
    ],
    ['an empty token', { adminToken: '' }, 'the option adminToken must be a string that is not empty'],
    ['a switch that is a word', { admin: 'no' }, 'the option admin must be true or false'],
    [
      'a log that is no function',
      { log: 'silent' },
      'the option log must be a function, such as (entry) => console.error(entry.message); pretty, json and silent are for the command',
    ],
    ['fixtures that are a number', { fixtures: 7 }, 'the option fixtures must be a path or an object of the shape of a fixture file'],
    ['a listener that is none', { loadListener: 'me' }, 'the option loadListener must be an object of functions'],
    ['nothing', null, "the options must be an object, such as createMockMor({ fixtures: './fixtures' })"],
  ])('rejects %s', async (_, options, message) => {
    expect(await errorOf(createMockMor(options as MockMorOptions))).toMatchObject({ code: 'OPTION_INVALID', message });
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

  it('changes nothing down to its last field, not even after a reset', async () => {
    const mor = await createMockMor();
    const accountant = mor.users().find(({ username }) => username === 'accountant');
    Object.assign((accountant as unknown as { permissions: object }).permissions, { manage_dids: 'edit' });
    expect(mor.users().find(({ username }) => username === 'accountant')).toMatchObject({ permissions: { manage_dids: 'read' } });
  });

  it('a filter or scope it does not know is refused', async () => {
    const mor = await createMockMor();
    expect(() => mor.dids({ owner: 5 } as object)).toThrow(
      'unknown filter "owner". Allowed: did, q, provider_id, reseller_id, user_id, device_id, status, created, changed, mark, as, limit, offset, sort.',
    );
    expect(() => mor.countDids({ creatd: true } as object)).toThrow('Did you mean "created"?');
    expect(() => mor.reset(['sate' as ResetScope])).toThrow('Did you mean "state"?');
    expect(() => mor.reset('state' as unknown as ResetScope[])).toThrow(
      'the reset scopes must be a list of some of state, requests, faults, settings',
    );
    expect(() => mor.dids({ did: 37060000001 } as object)).toThrow('the filter did must be a string');
    expect(() => mor.requests({ did: 37060000001 } as object)).toThrow('the filter did must be a string');
    expect(mor.requests({ did: '' }).requests).toEqual([]);
    expect(() => mor.dids({ provider_id: '1' } as object)).toThrow('the filter provider_id must be a whole number');
    expect(() => mor.dids({ created: 'true' } as object)).toThrow('the filter created must be true or false');
    expect(() => mor.countDids({ status: 'fre' } as object)).toThrow('the filter status must be one of free, reserved');
    expect(() => mor.dids({ offset: -1 })).toThrow('the filter offset must be a whole number');
    expect(() => mor.dids({ limit: 0.5 })).toThrow('the filter limit must be a whole number');
    expect(() => mor.did('1' as unknown as number)).toThrow('an id is a number, not the text "1"');
    for (const id of [1.5, NaN]) expect(() => mor.did(id)).toThrow('no DID has the id');
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

  it.each<[options: unknown, message: string]>([
    [8081, 'the options must be an object, such as mor.listen({ port: 8080 })'],
    [{ prt: 8085 }, 'unknown option "prt". Did you mean "port"? Allowed: host, port.'],
    [{ port: 70000 }, 'the option port must be a whole number from 0 to 65535'],
  ])('listen(%j) is refused', async (options, message) => {
    const mor = await createMockMor();
    expect(await errorOf(mor.listen(options as object))).toMatchObject({ code: 'OPTION_INVALID', message });
  });

  it('bound to every address it tells the loopback one, where the admin API answers', async () => {
    const mor = await createMockMor();
    const url = await mor.listen({ host: '0.0.0.0' });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
    await mor.close();
  });

  it('a request that never comes whole does not hold a close up', async () => {
    const mor = await createMockMor();
    const { port } = new URL(await mor.listen());
    const socket = connect(Number(port), '127.0.0.1');
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    await new Promise<void>((resolve) =>
      socket.write('POST /billing/api/did_create HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nu', () => {
        resolve();
      }),
    );
    await mor.close();
    await ended;
    expect(mor.url).toBeUndefined();
  });

  it('after a close the handler serves on, and health is ok', async () => {
    const mor = await createMockMor();
    await mor.listen();
    await mor.close();
    expect(mor.health().status).toBe('ok');
  });

  it('a port in use is the system’s error, after which another port will do', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const mor = await createMockMor();
    const listening = errorOf(mor.listen({ port }));
    await mor.close();
    expect(await listening).toMatchObject({ code: 'EADDRINUSE' });
    await mor.listen();
    await mor.close();
    await new Promise((resolve) => other.close(resolve));
  });

  it('close ends connections that are kept alive, and answers what is in flight', async () => {
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

describe('using', () => {
  it('await using closes a mock at the end of its block', async () => {
    let url: string;
    let mock: MockMor;
    {
      await using mor = await createMockMor();
      mock = mor;
      url = await mor.listen();
      expect((await fetch(`${url}/__admin/health`)).status).toBe(200);
    }
    expect(mock.url).toBeUndefined();
    await expect(fetch(`${url}/__admin/health`)).rejects.toThrow('fetch failed');
  });

  it('using deletes a sandbox at the end of its block, also after an error', async () => {
    await using mor = await createMockMor();
    expect(() => {
      using sandbox = mor.createSandbox({ name: 'a' });
      expect(sandbox.counts()).toEqual(mor.counts());
      throw new Error('a failed test');
    }).toThrow('a failed test');
    expect(mor.sandboxes()).toEqual([]);
  });

  it('what was closed, deleted or never listened before is disposed of without an error', async () => {
    await using unused = await createMockMor();
    await using mor = await createMockMor();
    await mor.listen();
    using closed = mor.createSandbox();
    await closed.close();
    using deleted = mor.createSandbox();
    mor.deleteSandbox(deleted.name);
    await mor.close();
    expect([unused.url, mor.url, mor.sandboxes()]).toEqual([undefined, undefined, []]);
  });
});
