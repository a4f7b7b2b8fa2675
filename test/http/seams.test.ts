/** Whatever breaks inside, a client gets a plain 500 of the mock, the log has it, and the next request is served. */
import { ServerResponse } from 'node:http';
import { createMockMor, type FixturesInput, type LogEntry, type MockMor } from '../../src/index.ts';
import { decide } from '../../src/mor/calls/index.ts';
import { pause } from '../../src/http/fault-effects.ts';
import { readParams } from '../../src/http/read-params.ts';
import { renderXml } from '../../src/wire/render-xml.ts';
import { Journal } from '../../src/world/journal.ts';
import { Outcomes } from '../../src/world/outcomes.ts';
import { SandboxRegistry } from '../../src/world/sandbox-registry.ts';
import { StateStore } from '../../src/world/store.ts';
import { carried } from '../../src/contract/transports.ts';
import { signed } from '../../src/contract/signed.ts';
import { successAnswer } from '../support/expected-answer.ts';
import { send } from '../support/send.ts';

/** A module as it is, in which one function can be made to break. A function declaration, for mocks are made before anything else here. */
function mockIn(module: string, name: string): object {
  const actual = jest.requireActual<Record<string, (...args: unknown[]) => unknown>>(module);
  return { ...actual, [name]: jest.fn(actual[name]) };
}
jest.mock('../../src/mor/calls/index.ts', () => mockIn('../../src/mor/calls/index.ts', 'decide'));
jest.mock('../../src/http/fault-effects.ts', () => mockIn('../../src/http/fault-effects.ts', 'pause'));
jest.mock('../../src/http/read-params.ts', () => mockIn('../../src/http/read-params.ts', 'readParams'));
jest.mock('../../src/wire/render-xml.ts', () => mockIn('../../src/wire/render-xml.ts', 'renderXml'));

const BROKEN = {
  status: 500,
  type: 'text/plain; charset=utf-8',
  body: 'mock-mor: something broke here that is not MOR; the log says what\n',
};

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' }],
  providers: [{ id: 1 }],
};

const good = (did: string) => carried(signed({ u: 'admin', provider_id: '1', did }), 'query');

const breakIt = (): never => {
  throw new Error('broken on purpose');
};

let mor: MockMor;
let logged: LogEntry[];

beforeEach(async () => {
  logged = [];
  mor = await createMockMor({ fixtures: WORLD, log: (entry) => logged.push(entry) });
});

afterEach(() => {
  jest.restoreAllMocks();
});

const errors = (): readonly string[] => logged.filter(({ level }) => level === 'error').map(({ message }) => message);

/** Where each breaks once, as deep inside as it can. */
const SEAMS: readonly (readonly [title: string, arm: () => unknown])[] = [
  ['the reading of parameters', () => jest.mocked(readParams).mockImplementationOnce(breakIt)],
  ['the call', () => jest.mocked(decide).mockImplementationOnce(breakIt)],
  ['the look-up of the store', () => jest.spyOn(StateStore.prototype, 'findUserByName').mockImplementationOnce(breakIt)],
  ['the change of the store', () => jest.spyOn(StateStore.prototype, 'apply').mockImplementationOnce(breakIt)],
  ['the XML writer', () => jest.mocked(renderXml).mockImplementationOnce(breakIt)],
  ['the opening of the journal', () => jest.spyOn(Journal.prototype, 'open').mockImplementationOnce(breakIt)],
  ['the journal', () => jest.spyOn(Journal.prototype, 'changed').mockImplementationOnce(breakIt)],
  ['the choice of the sandbox', () => (mor.createSandbox({ name: 'a' }), jest.spyOn(SandboxRegistry.prototype, 'resolve').mockImplementationOnce(breakIt))],
  ['a fault rule', () => (mor.addFault({ delay_ms: 1 }), jest.mocked(pause).mockImplementationOnce(breakIt))],
]; // prettier-ignore

test.each(SEAMS)('%s breaks -> 500 in plain text, logged, and the next request is served', async (title, arm) => {
  arm();
  const request = title.includes('sandbox') ? { ...good('5'), path: '/__sandboxes/a/billing/api/did_create' } : good('5');
  expect(await send(mor, request)).toMatchObject(BROKEN);
  expect(errors()).toEqual([expect.stringMatching(/^POST \/billing\/api\/did_create broke: Error: broken on purpose\n/)]);
  expect(await send(mor, good('6'))).toEqual(successAnswer(1));
  expect(errors()).toHaveLength(1);
});

test('an answer breaks that is half out -> logged, its connection ended, and the next request is served', async () => {
  jest.spyOn(ServerResponse.prototype, 'uncork').mockImplementationOnce(breakIt);
  await expect(send(mor, good('5'))).rejects.toThrow(/socket hang up|ECONNRESET/);
  expect(errors()).toEqual([expect.stringMatching(/^POST \/billing\/api\/did_create broke: Error: broken on purpose\n/)]);
  expect(await send(mor, good('6'))).toEqual(successAnswer(2));
});

test('an admin route breaks -> 500 in plain text, logged, and the next request is served', async () => {
  jest.spyOn(mor, 'users').mockImplementationOnce(breakIt);
  expect(await send(mor, { method: 'GET', path: '/__admin/users' })).toMatchObject(BROKEN);
  expect(errors()).toHaveLength(1);
  expect(await send(mor, { method: 'GET', path: '/__admin/users' })).toMatchObject({ status: 200 });
});

test('a broken call stores nothing and takes no id', async () => {
  jest.spyOn(StateStore.prototype, 'apply').mockImplementationOnce(breakIt);
  await send(mor, good('5'));
  expect([mor.countDids(), mor.settings().next_did_id]).toEqual([0, 1]);
});

test('a filter that breaks after the wait for it began is asked no more', async () => {
  const filter = { u: 'admin' };
  const waiting = mor.waitForRequests(filter, { count: 1 });
  Object.defineProperty(filter, 'u', { get: breakIt });
  expect(await send(mor, good('5'))).toEqual(successAnswer(1));
  expect((await waiting).requests).toHaveLength(1);
});

describe('the log that was given breaks', () => {
  const told: string[] = [];

  beforeEach(async () => {
    told.length = 0;
    jest.spyOn(console, 'error').mockImplementation((text: string) => told.push(text));
    mor = await createMockMor({ fixtures: WORLD, log: breakIt });
  });

  test('at the line of a request -> it is answered, and standard error hears of it', async () => {
    expect(await send(mor, good('5'))).toEqual(successAnswer(1));
    expect(told).toEqual([
      expect.stringMatching(/^mock-mor: the log that was given failed at "1 did_create .*": Error: broken on purpose\n/),
    ]);
  });

  test('by a promise -> the same', async () => {
    // A log may be an async function as far as TypeScript knows.
    mor = await createMockMor({ fixtures: WORLD, log: () => Promise.reject(new Error('broken on purpose')) as unknown as undefined });
    expect(await send(mor, good('5'))).toEqual(successAnswer(1));
    expect(told).toEqual([
      expect.stringMatching(/^mock-mor: the log that was given failed at "1 did_create .*": Error: broken on purpose\n/),
    ]);
  });

  test('at what broke -> 500 all the same, and both are logged', async () => {
    jest.mocked(decide).mockImplementationOnce(() => {
      throw new Error('the first fault');
    });
    expect(await send(mor, good('5'))).toMatchObject(BROKEN);
    expect(told.join('\n')).toMatch(/the log that was given failed at "POST .* broke: Error: the first fault[^]*Error: broken on purpose/);
    expect(await send(mor, good('6'))).toEqual(successAnswer(1));
  });
});

describe('a getter of the fixtures breaks', () => {
  const broken = Object.defineProperty({ providers: [] }, 'users', { get: breakIt, enumerable: true }) as FixturesInput;

  test('of those a mock is made of -> it is not made', async () => {
    await expect(createMockMor({ fixtures: broken })).rejects.toThrow('broken on purpose');
  });

  test('of those that replace others -> thrown to the caller, and nothing changed', async () => {
    await send(mor, good('5'));
    expect(() => mor.replaceFixtures(broken)).toThrow('broken on purpose');
    expect(mor.counts()).toEqual({ users: 1, providers: 1, dids: 1 });
    expect(await send(mor, good('6'))).toEqual(successAnswer(2));
  });

  test('after they were read -> it is asked no more', async () => {
    let isBroken = false;
    const users = [{ id: 0, type: 'admin' as const, get username() { return isBroken ? breakIt() : 'admin'; } }]; // prettier-ignore
    mor = await createMockMor({ fixtures: { ...WORLD, users } });
    isBroken = true;
    expect(await send(mor, good('5'))).toEqual(successAnswer(1));
    mor.reset();
    expect(await send(mor, good('5'))).toEqual(successAnswer(1));
  });
});

test('what is counted when an answer is out breaks -> logged, and the next request is served', async () => {
  jest.spyOn(Outcomes.prototype, 'record').mockImplementationOnce(breakIt);
  expect(await send(mor, good('5'))).toEqual(successAnswer(1));
  expect(await send(mor, good('6'))).toEqual(successAnswer(2));
  expect(errors()).toEqual([
    expect.stringMatching(/^reporting the end of POST \/billing\/api\/did_create failed: Error: broken on purpose\n/),
  ]);
});
