import { hasOddSeparators, listSeparators, paramsOfForm } from '../../src/http/form.ts';
import { readParams, type ReadParams } from '../../src/http/read-params.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';

const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';

interface Sent {
  readonly query?: string;
  readonly body?: string | Buffer;
  readonly type?: string;
  readonly most?: number;
}

/** Async, so that what is thrown at once is a rejection too. */
async function read({ query = '', body = '', type, most = 1000 }: Sent): Promise<ReadParams> {
  return readParams({ query, body: Buffer.from(body), contentType: type, most });
}

/** What takes part. */
async function taken(sent: Sent): Promise<Readonly<Record<string, ParamValue>>> {
  return Object.fromEntries((await read(sent)).params);
}

describe('a query or a form', () => {
  test.each<[text: string, params: Record<string, ParamValue>]>([
    ['', {}],
    ['&', {}],
    ['&&u=a&', { u: 'a' }],
    ['u', { u: '' }],
    ['u=', { u: '' }],
    ['=a', {}],
    ['=', {}],
    ['=a&b=1', { b: '1' }],
    ['a&b', { a: '', b: '' }],
    ['a&b=1', { a: '', b: '1' }],
    ['a=1&b', { a: '1', b: '' }],
    ['a=1&b&c=3', { a: '1', b: '', c: '3' }],
    ['a=1=2&b==', { a: '1=2', b: '=' }],
    ['a=1+2%2B3', { a: '1 2+3' }],
    ['+a%20=1', { ' a ': '1' }],
    ['%C4%85=%E9%88%B4', { ą: '鈴' }],
    ['did=1&u=a&did=2', { did: '2', u: 'a' }],
    ['did[]=1', { did: NOT_TEXT }],
    ['did[a][b]=1', { did: NOT_TEXT }],
    ['did%5Ba]=1', { did: NOT_TEXT }],
    ['d[=1', { d: NOT_TEXT }],
    ['did]=1', { 'did]': '1' }],
    ['[did]=1', { '[did]': '1' }],
    ['did[]=1&did=2', { did: NOT_TEXT }],
    ['did=1&did[]=2', { did: NOT_TEXT }],
  ])('%j -> what Rails would make of it', async (text, params) => {
    expect(await taken({ query: text })).toEqual(params);
    expect(await taken({ body: text, type: FORM })).toEqual(params);
  });

  test.each([
    [{ query: 'a=%zz' }, 'QUERY_INVALID', 'the query has a percent-encoding that is broken or no UTF-8, in the value of "a"'],
    [{ body: 'a=%ff' }, 'BODY_INVALID', 'the body has a percent-encoding that is broken or no UTF-8, in the value of "a"'],
    [{ query: `${'%'.repeat(90)}=1` }, 'QUERY_INVALID', `the query has a percent-encoding that is broken or no UTF-8, in the name "***"`],
    [
      { query: `${'a'.repeat(90)}=%` },
      'QUERY_INVALID',
      `the query has a percent-encoding that is broken or no UTF-8, in the value of "***"`,
    ],
    [{ body: '{"p":hunter2}', type: JSON_TYPE }, 'BODY_INVALID', "the body is broken JSON: Unexpected token 'h'"],
    [{ body: '{"comment":"long enough","p":hunter2}', type: JSON_TYPE }, 'BODY_INVALID', "the body is broken JSON: Unexpected token 'h'"],
    [{ body: '{"p":hunter2,"comment":"long\nenough"}', type: JSON_TYPE }, 'BODY_INVALID', "the body is broken JSON: Unexpected token 'h'"],
    [
      { body: '{"u":"a","p":"hunter2%zz"}' },
      'BODY_INVALID',
      'the body has a percent-encoding that is broken or no UTF-8, in the name "***"; the body looks like JSON, but no Content-Type was sent',
    ],
    [{ query: 'p%3Dhunter2%zz' }, 'QUERY_INVALID', 'the query has a percent-encoding that is broken or no UTF-8, in the name "***"'],
    [
      { query: '%7B%22p%22%3A%22hunter2%22%7D=%zz' },
      'QUERY_INVALID',
      'the query has a percent-encoding that is broken or no UTF-8, in the value of "***"',
    ],
  ])('%j -> %s', async (sent, code, message) => {
    await expect(read(sent)).rejects.toMatchObject({ code, message });
  });
});

describe('separators, as Rack 1 and 2 read them', () => {
  test.each<[text: string, ofQuery: Record<string, ParamValue>, ofForm: Record<string, ParamValue>]>([
    ['a=1;b=2', { a: '1', b: '2' }, { a: '1;b=2' }],
    ['u=admin&amp;did=1', { u: 'admin', amp: '', did: '1' }, { u: 'admin', 'amp;did': '1' }],
    [';;a=1;&;b=2;', { a: '1', b: '2' }, { ';;a': '1;', ';b': '2;' }],
    ['a;b', { a: '', b: '' }, { 'a;b': '' }],
    ['a=1%3Bb=2', { a: '1;b=2' }, { a: '1;b=2' }],
    ['a=1;a=2', { a: '2' }, { a: '1;a=2' }],
    ['a=1; b=2', { a: '1', b: '2' }, { a: '1; b=2' }],
    ['a=1& b=2', { a: '1', b: '2' }, { a: '1', b: '2' }],
    ['a=1&   b=2&  c', { a: '1', b: '2', c: '' }, { a: '1', b: '2', c: '' }],
    ['a=1& & b=2& ', { a: '1', b: '2' }, { a: '1', b: '2' }],
    [' a=1', { ' a': '1' }, { ' a': '1' }],
    ['a=1 &b=2', { a: '1 ', b: '2' }, { a: '1 ', b: '2' }],
    ['a =1&b = 2', { 'a ': '1', 'b ': ' 2' }, { 'a ': '1', 'b ': ' 2' }],
    ['a=1&+b=2', { a: '1', ' b': '2' }, { a: '1', ' b': '2' }],
    ['a=1&%20b=2', { a: '1', ' b': '2' }, { a: '1', ' b': '2' }],
    ['a=1&\tb=2', { a: '1', '\tb': '2' }, { a: '1', '\tb': '2' }],
    ['a=1&\u00a0b=2', { a: '1', '\u00a0b': '2' }, { a: '1', '\u00a0b': '2' }],
    ['a=1& %zz', {}, {}],
  ])('%j', async (text, ofQuery, ofForm) => {
    if (text.endsWith('%zz')) {
      await expect(read({ query: text })).rejects.toMatchObject({ message: expect.stringContaining('the name "***"') });
      await expect(read({ body: text })).rejects.toMatchObject({ message: expect.stringContaining('the name "***"') });
      return;
    }
    expect(await taken({ query: text })).toEqual(ofQuery);
    expect(await taken({ body: text, type: FORM })).toEqual(ofForm);
    // Read again, as the journal does.
    for (const sent of [{ query: text }, { body: text }]) {
      const { params, sent: kept } = await read(sent);
      expect([...kept.params()]).toEqual([...params]);
    }
  });

  test.each<[text: string, ofQuery: readonly string[], ofForm: readonly string[]]>([
    ['a=1&b', ['', '&'], ['', '&']],
    ['a;b&amp;c', ['', ';', '&', ';'], ['', '&']],
    ['&& a=1; &=2& ', ['&& ', '; &'], ['&& ', '&']],
    [' a', [''], ['']],
    ['', [], []],
  ])('%j: each parameter with what is in front of it', (text, ofQuery, ofForm) => {
    for (const [from, separators] of [['query', ofQuery] as const, ['form', ofForm] as const]) {
      expect(listSeparators(text, from)).toEqual(separators);
      expect(paramsOfForm(text, { from, most: Infinity })).toHaveLength(separators.length);
    }
  });

  test.each([
    ['a=1&b=%20%3B', false, false],
    ['a=1;b', true, false],
    ['a=1& b', true, true],
    ['a= 1', false, false],
  ])('%j: whether only some versions of Rack read it so', (text, ofQuery, ofForm) => {
    expect([hasOddSeparators(text, 'query'), hasOddSeparators(text, 'form')]).toEqual([ofQuery, ofForm]);
  });

  test('; counts as & does towards the most there may be', async () => {
    await expect(read({ query: 'a;b;c', most: 3 })).resolves.toBeDefined();
    await expect(read({ query: 'a;b;c;d', most: 3 })).rejects.toMatchObject({ code: 'PARAMETERS_TOO_MANY' });
    await expect(read({ body: 'a;b;c;d', most: 3 })).resolves.toBeDefined();
  });

  test('a megabyte of separators and blanks is gone through once', async () => {
    const startedAt = performance.now();
    await read({ query: '; '.repeat(500_000), most: Infinity });
    await read({ body: `&${' '.repeat(1_000_000)}`, most: Infinity });
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});

test('a byte order mark is a part of the text', async () => {
  expect(await taken({ body: '\u{feff}a=\u{feff}1', type: FORM })).toEqual({ '\u{feff}a': '\u{feff}1' });
});

describe('JSON', () => {
  test.each<[text: string, params: Record<string, ParamValue>]>([
    ['{}', {}],
    ['[]', {}],
    ['["u"]', {}],
    ['null', {}],
    ['"u"', {}],
    ['5', {}],
    ['{"u":"a","test":true,"x":false}', { u: 'a', test: 'true', x: 'false' }],
    ['{"u":null,"v":{},"w":[]}', { v: NOT_TEXT, w: NOT_TEXT }],
    ['{"did":370123456789012345678901234567}', { did: '370123456789012345678901234567' }],
    ['{"a":-5,"b":5.50,"c":1e5,"d":1E+5,"e":2e-3,"f":0}', { a: '-5', b: '5.50', c: '1e5', d: '1E+5', e: '2e-3', f: '0' }],
    ['{"5":"6\\"7","a\\\\":8,"b":"\\\\","c":9}', { 5: '6"7', 'a\\': '8', b: '\\', c: '9' }],
    ['{"a":"","":"1","b":2}', { a: '', '': '1', b: '2' }],
    ['{"a":1,"b":[2],"c":true,"d":null}', { a: '1', b: NOT_TEXT, c: 'true' }],
  ])('%s', async (body, params) => {
    expect(await taken({ body, type: JSON_TYPE })).toEqual(params);
  });

  test('broken -> refused with the parser’s words, in one line', async () => {
    await expect(read({ body: '{"u":\n\n x}', type: JSON_TYPE })).rejects.toMatchObject({
      code: 'BODY_INVALID',
      message: expect.stringMatching(/^the body is broken JSON: \S+( \S+)+$/),
    });
  });
});

describe('at most so many parameters', () => {
  const refused = { code: 'PARAMETERS_TOO_MANY', message: expect.stringContaining('more than 3 parameters') };

  test.each<[title: string, enough: Sent, tooMany: Sent]>([
    ['a query', { query: 'a=1&b&&' }, { query: 'a=1&b&&c' }],
    ['a form', { body: 'a=1&b=2&c=3' }, { body: 'a=1&b=2&c=3&d=4' }],
    ['query and form together', { query: 'a=1', body: 'b=2&c=3' }, { query: 'a=1&b=2', body: 'c=3&d=4' }],
    ['JSON', { body: '{"a":1,"b":":::","c\\":":3}', type: JSON_TYPE }, { body: '{"a":1,"b":":::","c\\":":3,"d":4}', type: JSON_TYPE }],
    [
      'JSON inside of others',
      { body: '{"a":{"b":"x","c":"y"}}', type: JSON_TYPE },
      { body: '{"a":{"b":1,"c":[{"d":4}]}}', type: JSON_TYPE },
    ],
    ['JSON as short as it can be', { body: '{"":0,"":0,"":0}', type: JSON_TYPE }, { body: '{"":0,"":0,"":0,"":0}', type: JSON_TYPE }],
  ])('%s', async (_, enough, tooMany) => {
    await expect(read({ ...enough, most: 3 })).resolves.toBeDefined();
    await expect(read({ ...tooMany, most: 3 })).rejects.toMatchObject(refused);
  });

  test('they are counted before the text is looked at any further', async () => {
    await expect(read({ query: 'a&b&c&d=%zz', most: 3 })).rejects.toMatchObject(refused);
    await expect(read({ body: '{"a":0,"b":0,"c":0,"d":0, broken', type: JSON_TYPE, most: 3 })).rejects.toMatchObject(refused);
  });
});

describe('the content type of a body', () => {
  const longer = (length: number): string => `${FORM}; x=`.padEnd(length, 'y');

  test.each<[type: string | undefined, body: string]>([
    [undefined, 'u=a'],
    ['', 'u=a'],
    [FORM, 'u=a'],
    [`${FORM}; charset=utf-8`, 'u=a'],
    [`${FORM.toUpperCase()};CHARSET="UTF8"`, 'u=a'],
    [`${FORM}; charset=US-ASCII; x=y`, 'u=a'],
    [`${FORM}; charset=ISO-8859-1`, 'u=a'],
    [`${FORM};charset="windows-1257"`, 'u=a'],
    [`${FORM}; charset=klingon`, 'u=a'],
    [`${FORM}; charset=`, 'u=a'],
    [`${FORM}; charset="`, 'u=a'],
    [JSON_TYPE, '{"u":"a"}'],
    [`${JSON_TYPE}; charset=UTF-8`, '{"u":"a"}'],
    [`${JSON_TYPE}; charset=utf-16`, '{"u":"a"}'],
    ['multipart/form-data; charset=ISO-8859-1; boundary=b', '--b\r\nContent-Disposition: form-data; name="u"\r\n\r\na\r\n--b--\r\n'],
    ['multipart/form-data; boundary=b', '--b\r\nContent-Disposition: form-data; name="u"\r\n\r\na\r\n--b--\r\n'],
  ])('%s is read', async (type, body) => {
    expect(await taken({ body, ...(type === undefined ? {} : { type }) })).toEqual({ u: 'a' });
  });

  test('a type of 1000 characters is read', async () => {
    expect(await taken({ body: 'u=a', type: longer(1000) })).toEqual({ u: 'a' });
  });

  const notRead = (type: string): string =>
    `a body of type "${type}" is not read here; allowed: ${FORM}, multipart/form-data, ${JSON_TYPE}`;

  test.each([
    ['a type', 'text/plain; x=y', notRead('text/plain')],
    ['no type', 'nonsense', notRead('nonsense')],
    ['a type of 1001 characters', longer(1001), notRead(longer(80))],
  ])('%s that is not known is refused', async (_, type, message) => {
    await expect(read({ body: 'x', type })).rejects.toMatchObject({ code: 'BODY_UNSUPPORTED', message });
  });

  test('no body -> it does not count', async () => {
    expect(await taken({ query: 'u=a', type: 'text/plain; charset=latin1' })).toEqual({ u: 'a' });
  });

  test.each([
    'text/plain',
    'text/xml; charset=latin1',
    'application/octet-stream',
    'multipart/mixed; boundary=b',
    'nonsense',
    longer(1001),
  ])('%s next to a query with parameters: the query alone counts', async (type) => {
    const { params, sent } = await read({ query: 'u=a', body: 'u=b&did=1', type });
    expect([...params]).toEqual([['u', 'a']]);
    expect(sent.list()).toEqual([{ name: 'u', value: 'a', from: 'query' }]);
  });

  test.each(['', '&;& ', '=x', '&=x;='])('another type next to the query %j, which has no parameter -> refused', async (query) => {
    await expect(read({ query, body: 'x', type: 'text/plain' })).rejects.toMatchObject({
      code: 'BODY_UNSUPPORTED',
      message: notRead('text/plain'),
    });
  });

  test('another type next to a broken query -> the query is refused', async () => {
    await expect(read({ query: 'u=%zz', body: 'x', type: 'text/plain' })).rejects.toMatchObject({ code: 'QUERY_INVALID' });
  });
});

describe('bytes that are not UTF-8: the parameter is named, and the charset that was declared', () => {
  const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
  const LATIN = '; charset=ISO-8859-1';
  const declared = '; the Content-Type declares the charset "ISO-8859-1", but bodies are read as UTF-8';
  const parts = (...heads: readonly string[]): Buffer => latin1(`${heads.map((head) => `--b\r\n${head}\r\n`).join('')}--b--\r\n`);
  const MULTIPART = 'multipart/form-data; boundary=b';

  test.each<[title: string, type: string | undefined, body: Buffer, message: string]>([
    ['a form', FORM + LATIN, latin1('u=a&comment=caf\xe9&did=1'), `the value of "comment" is not UTF-8${declared}`],
    ['a form, the last one', FORM, latin1('u=a&comment=caf\xe9'), 'the value of "comment" is not UTF-8'],
    [
      'a form that declares UTF-8',
      `${FORM}; charset=UTF-8`,
      latin1('u=\xe9'),
      'the value of "u" is not UTF-8; the Content-Type declares the charset "UTF-8"',
    ],
    ['a form without a type', undefined, latin1('& u=\xe9'), 'the value of "u" is not UTF-8'],
    ['a name in a form', FORM + LATIN, latin1('u=a&caf\xe9=1'), `the name "***" is not UTF-8${declared}`],
    ['behind an encoded name', FORM, latin1('a%5Bb%5D=\xe9'), 'the value of "a[b]" is not UTF-8'],
    ['behind a name that is broken', FORM, latin1('a%zz=\xe9'), 'the value of "***" is not UTF-8'],
    ['behind a name in UTF-8', FORM, latin1('\xc5\xbe=\xe9'), 'the value of "ž" is not UTF-8'],
    [
      'JSON under a form',
      FORM,
      latin1('{"p":"hunter2\xe9"}'),
      'the name "***" is not UTF-8; the body looks like JSON, but the Content-Type is "application/x-www-form-urlencoded"',
    ],
    [
      'percent-encoded',
      FORM + LATIN,
      latin1('comment=caf%E9'),
      `the body has a percent-encoding that is broken or no UTF-8, in the value of "comment"${declared}`,
    ],
    ['JSON', JSON_TYPE + LATIN, latin1('{"u":"a","comment":"caf\xe9"}'), `the value of "comment" is not UTF-8${declared}`],
    [
      'JSON with an escape before',
      JSON_TYPE,
      latin1('{"u":"\\u00e9\\"\\u20ac","comment":"caf\xe9"}'),
      'the value of "comment" is not UTF-8',
    ],
    ['JSON, inside of a list', JSON_TYPE, latin1('{"u":"a","did":[{"x":"\xe9"}]}'), 'the value of "did" is not UTF-8'],
    ['a name in JSON', JSON_TYPE, latin1('{"u":"a","caf\xe9":"1"}'), 'the name "***" is not UTF-8'],
    ['a JSON list', JSON_TYPE, latin1('["\xe9"]'), 'the body is not UTF-8'],
    ['broken JSON', JSON_TYPE + LATIN, latin1('{"u":"\xe9"'), `the body is not UTF-8${declared}`],
    [
      'JSON in UTF-16',
      `${JSON_TYPE}; charset=utf-16`,
      Buffer.from('\ufeff{"u":"a"}', 'utf16le'),
      'the body is not UTF-8; the Content-Type declares the charset "utf-16", but bodies are read as UTF-8; the body looks like UTF-16 instead of UTF-8',
    ],
    [
      'multipart',
      `${MULTIPART}${LATIN}`,
      parts('Content-Disposition: form-data; name="u"\r\n\r\na', 'Content-Disposition: form-data; name="comment"\r\n\r\ncaf\xe9'),
      `the value of "comment" is not UTF-8${declared}`,
    ],
    [
      'multipart whose part declares the charset, as Apache HttpClient does',
      MULTIPART,
      parts(
        'Content-Disposition: form-data; name="u"\r\nContent-Type: text/plain; charset=UTF-8\r\n\r\na',
        'Content-Disposition: form-data; name="comment"\r\nContent-Type: text/plain; charset=ISO-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\ncaf\xe9',
      ),
      `the value of "comment" is not UTF-8${declared}`,
    ],
    ['a name in multipart', MULTIPART, parts('Content-Disposition: form-data; name="caf\xe9"\r\n\r\n1'), 'the name of a part is not UTF-8'],
  ])('%s', async (_, type, body, message) => {
    await expect(read({ body, ...(type === undefined ? {} : { type }) })).rejects.toMatchObject({ code: 'BODY_INVALID', message });
  });

  test('a replacement character that was sent is a character as any other', async () => {
    const body = Buffer.from('--b\r\nContent-Disposition: form-data; name="\u{fffd}"\r\n\r\n\u{fffd}\r\n--b--\r\n');
    expect(await taken({ body, type: MULTIPART })).toEqual({ '\u{fffd}': '\u{fffd}' });
  });
});

describe('what was sent, for the journal', () => {
  const MULTIPART = 'multipart/form-data; boundary=b';
  const part = (name: string, value: string): string => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

  test.each<[title: string, sent: Sent, list: readonly string[]]>([
    ['a query', { query: 'did=10&x=&did[]=2' }, ['query did=10', 'query x=', 'query did[]=2']],
    ['a query with a loose &', { query: '&did=10&&x&' }, ['query did=10', 'query x=']],
    ['a form', { body: 'did=10&did=2' }, ['form did=10', 'form did=2']],
    ['JSON', { body: '{"did":10,"x":[1]}', type: JSON_TYPE }, ['json did=10', `json x=${String(NOT_TEXT)}`]],
    ['multipart', { body: `${part('did', '10')}${part('did', '2')}--b--\r\n`, type: MULTIPART }, ['multipart did=10', 'multipart did=2']],
    ['a form and a query', { query: 'did=2', body: 'did=10&u=a' }, ['form did=10', 'form u=a', 'query did=2']],
    ['JSON and a query', { query: 'did=2', body: '{"did":10,"u":"a"}', type: JSON_TYPE }, ['json did=10', 'json u=a', 'query did=2']],
    [
      'multipart and a query',
      { query: 'did=2', body: `${part('did', '10')}--b--\r\n`, type: MULTIPART },
      ['multipart did=10', 'query did=2'],
    ],
  ])('%s -> every parameter in its order, counted, and the same ones take part when they are read again', async (_, sent, list) => {
    const { params, sent: told } = await read(sent);
    expect(told.list().map(({ name, value, from }) => `${from} ${name}=${String(value)}`)).toEqual(list);
    expect(told.count).toBe(list.length);
    // JSON is kept, and counted, as it was sent.
    const isJson = sent.type === JSON_TYPE;
    const counted = told.list().filter(({ from }) => !isJson || from === 'query');
    const texts = counted.flatMap(({ name, value }) => [name, value === NOT_TEXT ? '' : value]);
    expect(told.characters).toBe(texts.join('').length + (isJson ? String(sent.body).length : 0));
    expect([...told.params()]).toEqual([...params]);
  });

  test('a name in both body and query -> the query wins', async () => {
    expect(await taken({ query: 'did=2', body: 'did=10&u=a' })).toEqual({ did: '2', u: 'a' });
    expect(await taken({ query: 'did=2', body: 'did[]=10' })).toEqual({ did: '2' });
    expect(await taken({ query: 'did[]=2', body: 'did=10' })).toEqual({ did: NOT_TEXT });
  });
});
