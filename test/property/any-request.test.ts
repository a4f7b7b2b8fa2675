import fc from 'fast-check';
import { createMockMor, type MockMor } from '../../src/index.ts';
import { anyText, wellFormed } from '../support/any-text.ts';
import { expectPlain4xx } from '../support/expected-answer.ts';
import { pooledClient, type PooledClient } from '../support/pooled.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { signed } from '../../src/contract/signed.ts';
import { carried, TRANSPORTS } from '../../src/contract/transports.ts';
import { parsedXml } from '../support/well-formed.ts';

let mor: MockMor;
let client: PooledClient;

beforeAll(async () => {
  mor = await createMockMor({
    fixtures: {
      settings: { api_secret_key: 'secret', allow_get_api: true },
      users: [{ id: 0, username: 'admin', type: 'admin' }],
      providers: [{ id: 1 }],
    },
  });
  client = await pooledClient(mor);
});

afterAll(async () => {
  client.end();
  await mor.close();
});

const PATHS_OF_TEXT = [
  ['page/status/error'],
  ['page/status/success', 'page/did_details/id'],
  ['page/status/success', 'page/did_details/id', 'page/did_details/did'],
];

/** Either MOR's answer, well-formed and of the contract's elements, or a plain 4xx of the mock. */
function expectMorOr4xx(answer: Answer): void {
  if (answer.status !== 200) {
    expectPlain4xx(answer);
    return;
  }
  expect(answer.type).toBe('text/xml; charset=utf-8');
  expect(PATHS_OF_TEXT).toContainEqual(parsedXml(answer.body).map(([path]) => path));
}

const NAMES = ['u', 'provider_id', 'did', 'hash', 'custom_sip_header', 'comment', 'reseller_comment', 'test', 'p'];

const anyName = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: anyText() });

const anyParams = fc.array(fc.tuple(anyName, anyText()), { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs));

/** What a query or a form can hold: lone surrogates have no UTF-8. */
const encodable = (params: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [wellFormed(name), wellFormed(value)]));

test('any text in any parameter, any transport -> MOR answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TRANSPORTS), anyParams, async (by, params) => {
      const answer = await client.send(carried(by === 'json' ? params : encodable(params), by));
      // A name may be what no multipart head can hold.
      if (by === 'multipart') expectMorOr4xx(answer);
      else expect(answer).toMatchObject({ status: 200 });
      expectMorOr4xx(answer);
    }),
    { numRuns: 400 },
  );
});

test('any texts in a call with the right hash and test=1 -> MOR answers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...TRANSPORTS), anyText(), anyText(), async (by, did, comment) => {
      const params = encodable(
        signed({ u: 'admin', provider_id: '1', did: wellFormed(did), comment, custom_sip_header: comment, test: '1' }),
      );
      const answer = await client.send(carried(params, by));
      // Multipart has no way to write a CR LF before its boundary other than as text; hashes may differ, nothing else.
      expect(answer.status).toBe(200);
      expectMorOr4xx(answer);
      if (by !== 'multipart') expect(answer.body).not.toContain('Incorrect hash');
    }),
    { numRuns: 300 },
  );
});

const CONTENT_TYPES = [
  'application/x-www-form-urlencoded',
  'application/json',
  'multipart/form-data; boundary=b',
  'multipart/form-data',
  'multipart/mixed; boundary=b',
  'text/plain',
  'x',
  '',
  'application/json; charset=utf-16',
  'application/x-www-form-urlencoded; charset="',
];

/** Any of these ASCII characters. */
const charactersOf = (text: string) => fc.constantFrom(...text.split(/(?:)/));

const anyJson = fc.json();

const anyMultipart = fc
  .array(
    fc.constantFrom(
      '--b',
      '--b--',
      '\r\n',
      '\n',
      'Content-Disposition: form-data; name="did"',
      'Content-Disposition: form-data',
      'Content-Type: text/plain; charset=x',
      '5',
      '; filename="f"',
      '\r\n\r\n',
    ),
  )
  .map((pieces) => pieces.join(''));

test('any body of any content type -> MOR answers, or a plain 4xx', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CONTENT_TYPES), fc.oneof(anyText(), anyJson, anyMultipart), async (type, body) => {
      expectMorOr4xx(await client.send({ type, body }));
    }),
    { numRuns: 400 },
  );
});

test('any query of printable ASCII, by POST and GET -> MOR answers, or a plain 4xx', async () => {
  const anyQuery = fc.string({ unit: charactersOf('ud[]=&%+;?/#.0123456789abcdef_:"\'<>{}|\\^`~!@$*(),-'), maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('POST', 'GET'), anyQuery, async (method, query) => {
      expectMorOr4xx(await client.send({ method, query }));
    }),
    { numRuns: 300 },
  );
});

test('any call below /billing/api -> MOR answers, or a plain 4xx', async () => {
  const anyPath = fc.string({ unit: charactersOf("did_create/%.;:@!$&'()*+,=~-0123456789ABCDEF"), maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('POST', 'GET'), anyPath, async (method, name) => {
      expectMorOr4xx(await client.send({ method, path: `/billing/api/${name}` }));
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['JSON nested 200000 deep', 'application/json', '['.repeat(200_000)],
  ['JSON nested 200000 deep and closed', 'application/json', `{"did":${'['.repeat(200_000)}${']'.repeat(200_000)}}`],
  ['a JSON text of 400000 escapes', 'application/json', `{"u":"${'\\n'.repeat(400_000)}"}`],
  ['a JSON number of 900000 digits', 'application/json', `{"u":"admin","provider_id":${'9'.repeat(900_000)}}`],
  ['a form of 300000 names', 'application/x-www-form-urlencoded', Array.from({ length: 150_000 }, (_, i) => i.toString(36)).join('&')],
  ['a form name with 100000 brackets', 'application/x-www-form-urlencoded', `did${'[a]'.repeat(100_000)}=1`],
  ['multipart of nothing', 'multipart/form-data; boundary=b', '--b--\r\n'],
  ['multipart that never begins', 'multipart/form-data; boundary=b', 'x'.repeat(100_000)],
  [
    'multipart of 20000 parts',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n\r\n'.repeat(15_000) + '--b--\r\n',
  ],
  ['a body over the limit', 'application/x-www-form-urlencoded', `u=${'a'.repeat(1_100_000)}`],
])('%s -> MOR answers, or a plain 4xx', async (_, type, body) => {
  expectMorOr4xx(await client.send({ type, body }));
});
