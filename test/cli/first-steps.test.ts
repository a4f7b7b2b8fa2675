import request from 'supertest';
import { listFirstSteps } from '../../src/cli/first-steps.ts';
import { parseRequest } from '../../src/cli/parse-request.ts';
import { createMockMor, type FixturesInput, type MockMor } from '../../src/index.ts';

const URL = 'http://127.0.0.1:8080';

/** What the curl line gets as its answer. */
async function answerTo(mor: MockMor, line: string): Promise<string> {
  const { method, url, body, contentType } = parseRequest([line.replace(/^ {2}call {2}/, '')]);
  expect(url.startsWith(URL)).toBe(true);
  const call = request(mor.handler)[method.toLowerCase() as 'get' | 'post'](url.slice(URL.length));
  return (await call.type(contentType ?? '').send(body.toString())).text;
}

const ADMIN = { id: 0, username: 'admin', type: 'admin' } as const;
const PROVIDER = { id: 1, name: 'One' };

it.each<[title: string, fixtures: FixturesInput | undefined, answer: string]>([
  ['the shipped fixtures', undefined, 'DID created'],
  [
    'another administrator, and the number is there',
    {
      settings: { api_secret_key: 'k' },
      users: [{ ...ADMIN, username: "o'brien" }],
      providers: [PROVIDER],
      dids: [{ did: '37060000099', provider_id: 1 }],
    },
    'DID created',
  ],
  [
    'all numbers taken',
    {
      settings: { api_secret_key: 'k' },
      users: [ADMIN],
      providers: [PROVIDER],
      dids: [{ from: '37060000099', to: '37060000199', provider_id: 1 }],
    },
    '37060000099',
  ],
])('%s: the call works', async (_, fixtures, answer) => {
  const mor = await createMockMor(fixtures === undefined ? {} : { fixtures, log: () => undefined });
  const [look, call, ...rest] = listFirstSteps(mor, URL, true);
  expect([look, rest]).toEqual([`  look  ${URL}/__admin`, []]);
  expect(await answerTo(mor, call ?? '')).toContain(answer);
});

it('without a call that works, and without an admin API, nothing is said of them', async () => {
  const mor = await createMockMor({ fixtures: { users: [ADMIN] } });
  expect(listFirstSteps(mor, URL, false)).toEqual([]);
});
