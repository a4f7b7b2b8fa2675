import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { loadApi } from '../../../src/contract/generators/described-api.ts';
import { openApiText } from '../../../src/contract/generators/openapi.ts';
import { bareErrorXml, errorXml, successXml } from '../../../src/contract/expected-xml.ts';
import { signed } from '../../../src/contract/signed.ts';
import { carried } from '../../../src/contract/transports.ts';
import { createMockMor } from '../../../src/index.ts';
import { ERRORS_IN_ORDER } from '../../support/faulty-call.ts';
import { send } from '../../support/send.ts';
import { parsedXml } from '../../support/well-formed.ts';
import { fits, resolved, type Media, type Parameter } from './resolved-openapi.ts';
import { apiWithSibling } from './sibling.ts';

const TEXT = openApiText(loadApi());
const { paths: PATHS } = resolved(TEXT);
const POST = PATHS['/billing/api/did_create']!.post;

function faultsIn(text: string): unknown {
  const { stdout, stderr } = spawnSync(process.execPath, [join(__dirname, 'openapi-faults.mjs')], { input: text, encoding: 'utf8' });
  return stderr === '' ? JSON.parse(stdout) : stderr;
}

test('it is valid by the official schema, and every reference leads somewhere', () => {
  expect(faultsIn(TEXT)).toEqual({ version: '3.1', faults: [] });
});

test.each([
  ['a parameter nowhere', 'in: query', 'in: nowhere'],
  ['a reference to nothing', '#/components/schemas/refusal', '#/components/schemas/nothing'],
])('the check knows %s', (_, right, wrong) => {
  expect(faultsIn(TEXT.replace(right, wrong))).toMatchObject({ faults: expect.arrayContaining([expect.anything()]) });
});

test('both paths, both methods, and nothing else', () => {
  expect(Object.entries(PATHS).map(([path, item]) => [path, ...Object.keys(item)])).toEqual([
    ['/billing/api/did_create', 'get', 'post'],
    ['/api/did_create', 'get', 'post'],
  ]);
});

const GOOD = signed({ u: 'admin', provider_id: '1', did: '37060000100' });

describe.each(Object.keys(PATHS))('%s, as described, makes a DID of the shipped fixtures', (path) => {
  const bodies = Object.keys(POST.requestBody?.content ?? {});

  test('by every type of body, and the query', async () => {
    const ways = (['query', 'form', 'multipart', 'json'] as const).map((by) => carried(GOOD, by));
    expect(ways.flatMap(({ type }) => type?.replace(/;.*/, '') ?? [])).toEqual(bodies);
    for (const way of ways) {
      const mor = await createMockMor();
      expect((await send(mor, { path, ...way })).body).toBe(successXml(3));
    }
  });

  test('by GET, where it is on', async () => {
    const mor = await createMockMor();
    mor.patchSettings({ allow_get_api: true });
    expect((await send(mor, { method: 'GET', path, ...carried(GOOD, 'query') })).body).toBe(successXml(3));
  });
});

test('the examples of requests are the good call of the contract', () => {
  const examples = Object.values(POST.requestBody?.content ?? {}).map((media) => (media as { example?: unknown }).example);
  expect(examples).toEqual([GOOD, GOOD, GOOD]);
  const parameters = POST.parameters as readonly (Parameter & { readonly example?: string })[];
  expect(Object.fromEntries(parameters.flatMap(({ name, example }) => (example === undefined ? [] : [[name, example]])))).toEqual(GOOD);
});

describe('the answers', () => {
  const { schema, examples = {} } = POST.responses['200']!.content['text/xml']!;
  const values = Object.values(examples).map(({ value }) => value);

  test('have an example of the success, of every error, and of every other form', () => {
    expect(values.filter((xml) => xml.includes('<page>') && !/Don't|Your/.test(xml))).toEqual([
      successXml(3),
      successXml(3, '37060000100'),
      ...ERRORS_IN_ORDER.map(errorXml),
    ]);
    expect(values.filter((xml) => /Don't|Your/.test(xml))).toEqual([
      errorXml("Don't be so smart"),
      errorXml('Your are not authorized to use this Provider'),
    ]);
    expect(values.filter((xml) => !xml.includes('<page>'))).toEqual(ERRORS_IN_ORDER.slice(0, 4).map(bareErrorXml));
  });

  /** The document as a tool has it that reads XML after the schema's `xml`. */
  function asObject(xml: string): unknown {
    const root: Record<string, unknown> = {};
    for (const [path, text] of parsedXml(xml)) {
      const names = path.split('/').slice(1);
      const last = names.pop() ?? '';
      const parent = names.reduce<Record<string, unknown>>((at, name) => (at[name] ??= {}) as Record<string, unknown>, root);
      parent[last] = last === 'id' ? Number(text) : text;
    }
    return root;
  }

  test.each(values)('%s fits the schema as text and as an object', (xml) => {
    expect(fits(schema, xml)).toBe(true);
    expect(fits(schema, asObject(xml))).toBe(true);
  });

  test.each([errorXml('Wrong hash'), bareErrorXml('DID already exists'), '<page><status><success>DID created</success></status></page>'])(
    '%s does not fit the schema as an object',
    (xml) => {
      expect(fits(schema, asObject(xml))).toBe(false);
    },
  );

  test('come with the headers and types that are described, under every response_type', async () => {
    for (const response_type of ['xml', 'attachment_xml', 'attachment_html'] as const) {
      const mor = await createMockMor();
      mor.patchSettings({ response_type });
      const { type = '', disposition } = await send(mor, carried(GOOD, 'query'));
      const { headers, content } = POST.responses['200'] as unknown as {
        readonly headers: Readonly<Record<string, Media>>;
        readonly content: object;
      };
      expect(Object.keys(content)).toContain(type.replace(/;.*/, ''));
      if (disposition !== undefined) expect(fits(headers['Content-Disposition']!.schema, disposition)).toBe(true);
    }
  });
});

describe('with one more call', () => {
  const text = openApiText(apiWithSibling());

  test('it is described beside the other', () => {
    const { get, post } = resolved(text).paths['/api/did_rename']!;
    expect(get.parameters).toMatchObject([
      { name: 'u', required: true, description: 'username of the caller, matched exactly; required' },
      { name: 'new_did', required: false, description: 'the new number; required unless nothing is to be done' },
      {
        name: 'hash',
        required: false,
        description:
          'lower-case hex SHA-1 of new_did and the API secret key, the texts as sent, nothing between them; required unless hash checking is disabled',
      },
    ]);
    expect(Object.keys(post.responses['200']!.content['text/xml']!.examples ?? {})).toEqual([
      'success',
      'apiDisabled',
      'apiDisabled_bare',
      'getDisabled',
      'getDisabled_bare',
      'secretKeyMissing',
      'secretKeyMissing_bare',
      'hashIncorrect',
      'hashIncorrect_bare',
      'accessDenied',
      'accessDenied_legacy',
    ]);
    expect(resolved(text).paths['/billing/api/did_create']).toEqual(PATHS['/billing/api/did_create']);
  });

  test('the whole is valid', () => {
    expect(faultsIn(text)).toEqual({ version: '3.1', faults: [] });
  });
});
