import { readParams } from '../../src/http/read-params.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
const MULTIPART = 'multipart/form-data; boundary=b';

interface Sent {
  readonly query?: string;
  readonly body?: string;
  readonly type?: string;
}

async function notesOn({ query = '', body = '', type }: Sent): Promise<readonly string[]> {
  return (await readParams({ query, body: Buffer.from(body), contentType: type, most: 1000 })).notes;
}

async function errorOf({ query = '', body = '', type }: Sent): Promise<string> {
  try {
    await readParams({ query, body: Buffer.from(body), contentType: type, most: 1000 });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was read');
}

const CALL = { u: 'admin', provider_id: 1, did: '370', comment: 'a=b&c', p: 'hunter2' };
const JSON_CALL = JSON.stringify(CALL);
const part = (name: string, value: string): string => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const LIKE_JSON = (type: string): string => `The body looks like JSON, but ${type}, so it was read as a form.`;
const IS_FORM = 'the Content-Type is "application/x-www-form-urlencoded"';
const ENCODED = (place: string): string =>
  `The "=" and "&" of the ${place} are percent-encoded, so they are text: encode each name and value by itself`;

describe('a note says what a request looks like that is not what it was read as', () => {
  test.each<[title: string, sent: Sent, note: string]>([
    ['JSON under the type of a form', { body: JSON_CALL, type: FORM }, LIKE_JSON(IS_FORM)],
    ['with blanks in front', { body: `\r\n  ${JSON_CALL}`, type: FORM }, LIKE_JSON(IS_FORM)],
    ['with a byte order mark in front', { body: `\u{feff}${JSON_CALL}`, type: FORM }, LIKE_JSON(IS_FORM)],
    ['with a charset', { body: JSON_CALL, type: `${FORM}; charset=UTF-8` }, LIKE_JSON(`the Content-Type is "${FORM}; charset=UTF-8"`)],
    ['in many lines', { body: JSON.stringify(CALL, null, 2), type: FORM }, LIKE_JSON(IS_FORM)],
    ['a map of Python', { body: "{'u': 'admin', 'did': '370'}", type: FORM }, LIKE_JSON(IS_FORM)],
    ['a JSON array', { body: `[${JSON_CALL}]`, type: FORM }, LIKE_JSON(IS_FORM)],
    ['JSON that was percent-encoded', { body: `${encodeURIComponent(JSON_CALL)}=`, type: FORM }, LIKE_JSON(IS_FORM)],
    ['JSON without a type', { body: JSON_CALL }, LIKE_JSON('no Content-Type was sent')],
    ['JSON with an empty type', { body: JSON_CALL, type: '' }, LIKE_JSON('no Content-Type was sent')],
    ['JSON next to a query', { query: 'u=admin&hash=1', body: '{"did":"370"}', type: FORM }, LIKE_JSON(IS_FORM)],
    [
      'XML',
      { body: '<?xml version="1.0"?><u>admin</u>', type: FORM },
      `The body looks like XML, but ${IS_FORM}, so it was read as a form.`,
    ],
    ['YAML', { body: 'u: admin\ndid: "370"\n', type: FORM }, `The body looks like YAML, but ${IS_FORM}, so it was read as a form.`],
    [
      'multipart',
      { body: `${part('u', 'admin')}--b--\r\n`, type: FORM },
      `The body looks like multipart, but ${IS_FORM}, so it was read as a form.`,
    ],
    [
      'UTF-16',
      { body: Buffer.from('u=admin&did=370', 'utf16le').toString('latin1'), type: FORM },
      'The body looks like UTF-16 instead of UTF-8, so it was read as a form.',
    ],
    [
      'a byte order mark',
      { body: '\u{feff}u=admin&did=1', type: FORM },
      'The body begins with a byte order mark, which is a part of the first name.',
    ],
    ['a form in one encoded parameter', { body: 'u%3Dadmin%26did%3D1', type: FORM }, `${ENCODED('body')}; ${IS_FORM}.`],
    ['with a = behind', { body: 'u%3Dadmin%26did%3D1=', type: FORM }, `${ENCODED('body')}; ${IS_FORM}.`],
    ['a form of encoded pairs', { body: 'u%3Dadmin&did%3D1&comment%3D', type: FORM }, `${ENCODED('body')}; ${IS_FORM}.`],
    ['a query in one encoded parameter', { query: 'u%3Dadmin%26did%3D1' }, `${ENCODED('query')}.`],
    [
      'JSON as the query',
      { query: encodeURIComponent(JSON_CALL) },
      'The query does not look like parameters: write them as name=value, joined by "&".',
    ],
    [
      'a form in the value of the only parameter',
      { body: `data=${encodeURIComponent('u=admin&did=1')}`, type: FORM },
      `The only parameter holds what looks like a form: send each parameter by itself; ${IS_FORM}.`,
    ],
    [
      'JSON in the value of the only parameter',
      { body: `payload=${encodeURIComponent(JSON_CALL)}`, type: FORM },
      `The only parameter holds what looks like JSON: send each parameter by itself; ${IS_FORM}.`,
    ],
    [
      'JSON in the only part',
      { body: `${part('data', JSON_CALL)}--b--\r\n`, type: MULTIPART },
      `The only parameter holds what looks like JSON: send each parameter by itself; the Content-Type is "${MULTIPART}".`,
    ],
    [
      'a JSON array under its type',
      { body: ` [${JSON_CALL}]`, type: JSON_TYPE },
      'The body is a JSON array, which carries no parameters: send one JSON object; the Content-Type is "application/json".',
    ],
    [
      'JSON in a JSON string',
      { body: JSON.stringify(JSON_CALL), type: JSON_TYPE },
      'The body is a JSON string that looks like JSON, which carries no parameters: send one JSON object; the Content-Type is "application/json".',
    ],
    [
      'a form in a JSON string',
      { body: '"u=admin&did=1"', type: JSON_TYPE },
      'The body is a JSON string that looks like a form, which carries no parameters: send one JSON object; the Content-Type is "application/json".',
    ],
    [
      'a JSON string of something else',
      { body: '"hunter2"', type: JSON_TYPE },
      'The body is a JSON string, which carries no parameters: send one JSON object; the Content-Type is "application/json".',
    ],
    ...(['null', 'true', 'false', '-5'] as const).map((body): [string, Sent, string] => [
      body,
      { body, type: JSON_TYPE },
      `The body is ${{ null: 'JSON null', true: 'a JSON boolean', false: 'a JSON boolean', '-5': 'a JSON number' }[body]}, which carries no parameters: send one JSON object; the Content-Type is "application/json".`,
    ]),
    [
      'JSON whose only member holds the others',
      { body: `{"did_create": ${JSON_CALL}}`, type: JSON_TYPE },
      'The only member of the JSON object is an object: send each parameter as a member of the outer one; the Content-Type is "application/json".',
    ],
    [
      'a type that is not read',
      { query: 'u=admin', body: JSON_CALL, type: 'text/plain;charset=UTF-8' },
      'Only the query was read, not the body: the Content-Type is "text/plain;charset=UTF-8"; it looks like JSON.',
    ],
    [
      'a type that is not read, and nothing it could be',
      { query: 'u=admin', body: 'x', type: `${'x'.repeat(99)}\u{202e}` },
      `Only the query was read, not the body: the Content-Type is "${'x'.repeat(80)}…" (U+202E right-to-left override at character 100).`,
    ],
  ])('%s', async (_, sent, note) => {
    expect(await notesOn(sent)).toEqual([note]);
    expect(note).not.toContain('hunter2');
  });

  test('both places have one', async () => {
    expect(await notesOn({ query: 'u%3Dadmin', body: JSON_CALL, type: FORM })).toEqual([LIKE_JSON(IS_FORM), `${ENCODED('query')}.`]);
  });
});

describe('nothing is said of what is as it should be', () => {
  test.each<[title: string, sent: Sent]>([
    ['nothing', {}],
    ['an empty query and body', { query: '&', body: '&&', type: FORM }],
    ['a query', { query: 'u=admin&did=1' }],
    ['a query of one parameter', { query: 'u=admin' }],
    ['a form of one parameter', { body: 'u=admin', type: FORM }],
    ['a form without a type', { body: 'did[]=1&u' }],
    ['names of odd characters', { body: '%D1%91=1&ё=2&[did]=1&-=1', type: FORM }],
    ['a name without a value', { query: 'debug' }],
    ['JSON', { body: JSON_CALL, type: JSON_TYPE }],
    ['an empty JSON object', { body: ' {} ', type: JSON_TYPE }],
    ['a JSON object of one member', { body: '{"u":"admin"}', type: JSON_TYPE }],
    ['a list as the only member', { body: '{"did":[1]}', type: JSON_TYPE }],
    ['a map next to a query', { query: 'u=admin', body: '{"comment":{"a":1}}', type: JSON_TYPE }],
    ['multipart', { body: `${part('u', 'admin')}--b--\r\n`, type: MULTIPART }],
    ['a comment of JSON among others', { body: `u=admin&comment=${encodeURIComponent(JSON_CALL)}`, type: FORM }],
    ['a comment of JSON next to a query', { query: 'u=admin', body: `comment=${encodeURIComponent(JSON_CALL)}`, type: FORM }],
    ['a comment of JSON next to a form', { query: `comment=${encodeURIComponent(JSON_CALL)}`, body: 'u=admin', type: FORM }],
    ['a value with an encoded =', { body: 'comment=a%3Db', type: FORM }],
    ['a type that does not count without a body', { query: 'u=admin', type: 'text/plain' }],
  ])('%s', async (_, sent) => {
    expect(await notesOn(sent)).toEqual([]);
  });
});

describe('a refused body', () => {
  const NOT_READ = (type: string): string =>
    `a body of type "${type}" is not read here; allowed: ${FORM}, multipart/form-data, application/json`;

  test.each<[title: string, sent: Sent, message: string | RegExp]>([
    [
      'a form under JSON',
      { body: 'u=admin&p=hunter2', type: JSON_TYPE },
      `the body is broken JSON: Unexpected token 'u'; the body looks like a form, but the Content-Type is "application/json"`,
    ],
    [
      'an encoded form under JSON',
      { body: 'u%3Dadmin', type: `${JSON_TYPE};charset=utf-8` },
      `the body is broken JSON: Unexpected token 'u'; the body looks like a form, but the Content-Type is "application/json;charset=utf-8"`,
    ],
    [
      'multipart under JSON',
      { body: part('p', 'hunter2'), type: JSON_TYPE },
      /^the body is broken JSON: .*; the body looks like multipart, but the Content-Type is "application\/json"$/,
    ],
    ['XML under JSON', { body: '<u>', type: JSON_TYPE }, /; the body looks like XML, but the Content-Type is "application\/json"$/],
    ['YAML under JSON', { body: 'u: admin', type: JSON_TYPE }, /; the body looks like YAML, but the Content-Type is "application\/json"$/],
    ['broken JSON under JSON', { body: '{"u":', type: JSON_TYPE }, /^the body is broken JSON: [^;]*$/],
    [
      'JSON under multipart',
      { body: JSON_CALL, type: MULTIPART },
      `the multipart body is broken: Unexpected end of multipart data; the body looks like JSON, but the Content-Type is "${MULTIPART}"`,
    ],
    [
      'a form under multipart without a boundary',
      { body: 'u=admin', type: 'multipart/form-data' },
      'the multipart body is broken: Multipart: Boundary not found; the body looks like a form, but the Content-Type is "multipart/form-data"',
    ],
    [
      'multipart without a boundary',
      { body: part('u', 'admin'), type: 'multipart/form-data' },
      'the multipart body is broken: Multipart: Boundary not found',
    ],
    [
      'JSON under a form, with a % in it',
      { body: '{"comment":"100%","p":"hunter2"}', type: FORM },
      `the body has a percent-encoding that is broken or no UTF-8, in the name "***"; the body looks like JSON, but ${IS_FORM}`,
    ],
    ['JSON under another type', { body: JSON_CALL, type: 'text/plain' }, `${NOT_READ('text/plain')}; it looks like JSON`],
    ['a form under another type', { body: 'u=admin', type: 'text/plain' }, `${NOT_READ('text/plain')}; it looks like a form`],
    [
      'multipart under another type',
      { body: part('u', 'admin'), type: 'multipart/mixed' },
      `${NOT_READ('multipart/mixed')}; it looks like multipart`,
    ],
    ['XML under its own type', { body: '<u>', type: 'text/xml' }, NOT_READ('text/xml')],
  ])('%s', async (_, sent, message) => {
    const error = await errorOf(sent);
    if (typeof message === 'string') expect(error).toBe(message);
    else expect(error).toMatch(message);
    expect(error).not.toContain('hunter2');
  });
});
