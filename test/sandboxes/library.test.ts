import { createServer } from 'node:http';
import request from 'supertest';
import { createMockMor, didCreateHash, MockMorError, type DidInput, type MockMor, type MockMorSandbox } from '../../src/index.ts';

function query(did: string): string {
  return new URLSearchParams({
    u: 'admin',
    provider_id: '1',
    did,
    hash: didCreateHash({ provider_id: 1, did, api_secret_key: 'secret' }),
  }).toString();
}

async function create({ handler }: Pick<MockMorSandbox, 'handler'>, did: string, path = '/billing/api/did_create'): Promise<string> {
  return (await request(handler).post(`${path}?${query(did)}`)).text;
}

const codeOf = (run: () => unknown): unknown => {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof MockMorError ? error.code : error;
  }
};

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

afterEach(async () => {
  await mor.close();
});

describe('mor.createSandbox()', () => {
  it('gives no name that was used before, chosen or given', () => {
    const [first, chosen] = [mor.createSandbox(), mor.createSandbox({ name: 's7' })];
    for (const sandbox of [first, chosen]) mor.deleteSandbox(sandbox.name);
    expect([mor.createSandbox().name, mor.createSandbox().name]).toEqual(['s8', 's9']);
  });

  it('gives a world of its own with a handler, a path and, while the server listens, a url', async () => {
    const sandbox = mor.createSandbox();
    expect([sandbox.name, sandbox.path, sandbox.url]).toEqual(['s1', '/__sandboxes/s1', undefined]);
    const url = await mor.listen();
    expect(sandbox.url).toBe(`${url}/__sandboxes/s1`);
    const answer = await fetch(`${sandbox.url ?? ''}/billing/api/did_create?${query('555')}`, { method: 'POST' });
    expect(await answer.text()).toContain('<id>3</id>');
    expect(answer.headers.get('X-Mock-Mor-Request-Id')).toBe('s1-1');
    expect(sandbox.dids({ created: true })).toMatchObject([{ did: '555' }]);
    expect([mor.countDids(), mor.requests().requests]).toEqual([2, []]);
    const view = sandbox.view();
    expect(mor.sandboxes()).toEqual([view]);
    expect(view).toMatchObject({ base_url: '/__sandboxes/s1', dids: 3, created_dids: 1, requests: 1 });
  });

  it('its handler serves just this sandbox', async () => {
    const [a, b] = [mor.createSandbox({ name: 'a' }), mor.createSandbox({ name: 'b' })];
    expect(await create(a, '555')).toContain('<id>3</id>');
    expect(await create(a, '556', '/__sandboxes/a/billing/api/did_create')).toContain('<id>4</id>');
    expect(await create(a, '557', '/__sandboxes/b/billing/api/did_create')).toMatch(
      /^mock-mor: the handler names the sandbox "a" and the path "b"/,
    );
    expect((await request(a.handler).get('/__admin/dids?created=true')).body).toMatchObject({ total: 2 });
    expect((await request(a.handler).get('/__admin/sandboxes')).status).toBe(409);
    expect([a.countDids(), b.countDids(), mor.countDids()]).toEqual([4, 2, 2]);
  });

  it('its handler may be given to a server', async () => {
    const { handler } = mor.createSandbox();
    const server = createServer(handler);
    expect((await request(server).post(`/billing/api/did_create?${query('555')}`)).text).toContain('<id>3</id>');
  });

  it('holds no sandboxes', () => {
    const sandbox = mor.createSandbox();
    const nested = [
      () => sandbox.createSandbox(),
      () => sandbox.sandboxes(),
      () => sandbox.sandbox('s1'),
      () => sandbox.deleteSandbox('s1'),
    ];
    expect(nested.map(codeOf)).toEqual(Array(4).fill('SANDBOX_NESTED'));
  });

  it.each([
    [{ sandboxes: 'Auto' }, 'the option sandboxes must be one of explicit, auto. Did you mean "auto"?'],
    [{ maxSandboxes: -1 }, expect.stringMatching(/^the option maxSandboxes must be a whole number from 0 to \d+$/)],
    [{ sandboxIdleMs: NaN }, expect.stringMatching(/^the option sandboxIdleMs must be 0 or a whole number from 1000 to 3153600000000: /)],
  ])('createMockMor(%j) is refused', async (options, message) => {
    await expect(createMockMor(options as object)).rejects.toMatchObject({ code: 'OPTION_INVALID', message });
  });
});

describe('a sandbox that is gone', () => {
  it('is closed twice without harm, and says that it is gone', async () => {
    const sandbox = mor.createSandbox({ name: 'a' });
    await sandbox.close();
    await sandbox.close();
    expect(codeOf(() => sandbox.dids())).toBe('SANDBOX_UNKNOWN');
    expect(codeOf(() => sandbox.reset())).toBe('SANDBOX_UNKNOWN');
    expect(await create(sandbox, '555')).toMatch(/^mock-mor: there is no sandbox "a"/);
  });

  it('says so before anything else that is wrong', async () => {
    const sandbox = mor.createSandbox({ name: 'a' });
    await sandbox.close();
    const wrong: readonly (() => unknown)[] = [
      () => sandbox.reset(['all' as 'state']),
      () => sandbox.did(1.5),
      () => sandbox.deleteDid(1.5),
      () => sandbox.putDid({ did: '' } as DidInput),
      () => sandbox.patchSettings({ allow_api: null } as object),
      () => sandbox.replaceFixtures('users: 5'),
      () => sandbox.reloadFixtures(),
    ];
    expect(wrong.map(codeOf)).toEqual(wrong.map(() => 'SANDBOX_UNKNOWN'));
  });

  it('does not touch another that has its name by now', async () => {
    mor = await createMockMor({ sandboxes: 'auto' });
    const old = mor.createSandbox({ name: 'a' });
    mor.deleteSandbox('a');
    const young = mor.sandbox('a');
    await old.close();
    expect(await create(old, '555')).toMatch(/^mock-mor: there is no sandbox/);
    expect(codeOf(() => old.putDid({ did: '5', provider_id: 1 }))).toBe('SANDBOX_UNKNOWN');
    expect(young.countDids()).toBe(2);
    expect(mor.sandbox('a')).toBe(young);
  });
});

describe('other fixtures', () => {
  const WORLD = {
    users: [{ id: 0, username: 'admin', type: 'admin' }],
    providers: [{ id: 1 }],
    dids: [{ did: '1', provider_id: 1 }],
  } as const;

  it('on the root: a sandbox keeps its own until its whole reset, so nothing changes under a test that runs', () => {
    const sandbox = mor.createSandbox();
    sandbox.takeSnapshot('a');
    sandbox.putDid({ did: '5', provider_id: 1 });
    mor.replaceFixtures(WORLD);
    expect([sandbox.countDids(), sandbox.users().length, sandbox.health().fixtures.source]).toEqual([3, 9, 'shipped']);
    sandbox.reset(['state']);
    expect([sandbox.countDids(), sandbox.users().length]).toEqual([2, 9]);
    expect(sandbox.reset()).toMatchObject({ next_did_id: 2 });
    expect([sandbox.countDids(), sandbox.users().length, sandbox.health().fixtures.source]).toEqual([1, 1, 'object']);
    // It was of the old ones.
    expect(sandbox.snapshots()).toEqual([]);
    expect(mor.createSandbox().countDids()).toBe(1);
  });

  it('are a whole reset, and one of the snapshots too; refused ones are none', async () => {
    const sandbox = mor.createSandbox();
    for (const control of [mor, sandbox]) {
      for (const load of [() => control.replaceFixtures(WORLD), () => control.reloadFixtures()]) {
        control.putDid({ did: '5', provider_id: 1 });
        control.patchSettings({ allow_get_api: true });
        control.addFault({ error: 'Access Denied' });
        control.takeSnapshot('a');
        await request(control.handler).post('/billing/api/did_create');
        expect(codeOf(() => control.replaceFixtures('users: 1'))).toBe('FIXTURE_INVALID');
        expect([control.requests().requests.length, control.faults().length, control.snapshots().length]).toEqual([1, 1, 1]);
        load();
        expect([control.requests().requests, control.faults(), control.snapshots(), control.dids({ did: '5' })]).toEqual([[], [], [], []]);
        expect(control.settings().allow_get_api).toBe(false);
      }
    }
  });

  it('on a sandbox: only there, and it keeps them', () => {
    const [a, b] = [mor.createSandbox(), mor.createSandbox()];
    a.replaceFixtures(WORLD);
    expect([a.countDids(), b.countDids(), mor.countDids()]).toEqual([1, 2, 2]);
    mor.reloadFixtures();
    a.reset();
    expect(a.countDids()).toBe(1);
    a.reloadFixtures();
    expect(a.countDids()).toBe(2);
  });

  it('a failed load of the root is none of the sandboxes', () => {
    const before = mor.createSandbox();
    expect(codeOf(() => mor.replaceFixtures('users: 1'))).toBe('FIXTURE_INVALID');
    expect([before.health().status, mor.createSandbox().health().status]).toEqual(['ok', 'ok']);
  });
});

describe('a request that is in flight', () => {
  /** Sends all but the end of a call, does something, sends the end, and gives the answer. */
  async function answerAcross(path: string, between: () => void): Promise<string> {
    const url = await mor.listen();
    const { hostname, port } = new URL(url);
    const body = query('555');
    const { connect } = await import('node:net');
    const socket = connect(Number(port), hostname);
    const arrived = new Promise<void>((resolve) => {
      const world = path.startsWith('/__sandboxes') ? mor.sandbox('a') : mor;
      const look = (): void => {
        if (world.requests().requests.length > 0) resolve();
        else setImmediate(look);
      };
      look();
    });
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${String(body.length)}\r\n\r\n${body.slice(0, 9)}`,
    );
    await arrived;
    between();
    socket.write(body.slice(9));
    let answer = '';
    for await (const chunk of socket) answer += String(chunk);
    return answer;
  }

  it('when its sandbox is deleted and made again lands in neither', async () => {
    const old = mor.createSandbox({ name: 'a' });
    let young: MockMorSandbox = old;
    const answer = await answerAcross('/__sandboxes/a/billing/api/did_create', () => {
      mor.deleteSandbox('a');
      young = mor.createSandbox({ name: 'a' });
    });
    expect(answer).toMatch(/^HTTP\/1\.1 409 /);
    expect([young === old, young.countDids(), young.requests().requests, mor.requests().requests]).toEqual([false, 2, [], []]);
  });

  it('when its sandbox is reset lands in neither state nor journal', async () => {
    const sandbox = mor.createSandbox({ name: 'a' });
    const answer = await answerAcross('/__sandboxes/a/billing/api/did_create', () => sandbox.reset());
    expect(answer).toMatch(/^HTTP\/1\.1 409 /);
    expect([sandbox.countDids(), sandbox.requests().requests]).toEqual([2, []]);
  });

  it('when a snapshot is restored does not land in it', async () => {
    mor.takeSnapshot('a');
    expect(await answerAcross('/billing/api/did_create', () => mor.restoreSnapshot('a'))).toMatch(/^HTTP\/1\.1 409 /);
    expect(mor.countDids()).toBe(2);
  });
});

test('snapshots under any name, over the library', () => {
  expect(mor.takeSnapshot('__proto__').name).toBe('__proto__');
  mor.putDid({ did: '5', provider_id: 1 });
  expect(mor.restoreSnapshot('__proto__').dids).toBe(2);
  expect(mor.countDids()).toBe(2);
  expect(mor.deleteSnapshot('__proto__').name).toBe('__proto__');
  expect(mor.snapshots()).toEqual([]);
  expect(codeOf(() => mor.takeSnapshot('a/b'))).toBe('RECORD_INVALID');
  expect(codeOf(() => mor.restoreSnapshot('b'))).toBe('NOT_FOUND');
});
