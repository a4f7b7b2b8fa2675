import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { readAnswer } from '../../src/contract/read-answer.ts';

const page = (inside: string): string => `<page><status><success>DID created</success></status>${inside}</page>`;

const SUCCESS = {
  root: 'page',
  kind: 'success',
  text: 'DID created',
  elements: ['page', 'page/status', 'page/status/success'],
  padded: [],
  details: new Map(),
  others: [],
};

const ERROR = { ...SUCCESS, kind: 'error', text: 'Incorrect hash', elements: ['page', 'page/status', 'page/status/error'] };
const BARE = { ...ERROR, root: 'status', elements: ['status', 'status/error'] };

/** The success with these fields. */
const withDetails = (...fields: readonly (readonly [name: string, text: string])[]) => ({
  ...SUCCESS,
  elements: [...SUCCESS.elements, 'page/did_details', ...fields.map(([name]) => `page/did_details/${name}`)],
  details: new Map(fields),
});

test.each<[title: string, body: string, expected: ReturnType<typeof readAnswer> | object]>([
  ['the success of the page', successXml(3), withDetails(['id', '3'])],
  ['the success of test=1', successXml(3, '370'), withDetails(['id', '3'], ['did', '370'])],
  ['an error', errorXml('Incorrect hash'), ERROR],
  ['a bare error', bareErrorXml('Incorrect hash'), BARE],
  ['no white space, no declaration', '<page><status><error>Incorrect hash</error></status></page>', ERROR],
  ['white space around a text', '<status><error>\n  Incorrect hash\t</error></status>', { ...BARE, padded: ['status/error'] }],
  [
    'white space around a field',
    page('<did_details><id> 3</id></did_details>'),
    { ...withDetails(['id', '3']), padded: ['page/did_details/id'] },
  ],
  [
    'the details in front',
    '<page><did_details><id>3</id></did_details><status><success>DID created</success></status></page>',
    {
      ...withDetails(['id', '3']),
      elements: ['page', 'page/did_details', 'page/did_details/id', 'page/status', 'page/status/success'],
    },
  ],
  ['details without a field', page('<did_details/>'), withDetails()],
  ['entities', '<status><error>Don&apos;t &#x26; &lt;</error></status>', { ...BARE, text: "Don't & <" }],
  ['CDATA', "<status><error>Don<![CDATA['t <b>]]></error></status>", { ...BARE, text: "Don't <b>", others: ['status/error/#cdata'] }],
  ['a byte order mark and a declaration of its own', `\uFEFF<?xml version='1.0' encoding='utf-8'?>${page('')}`, SUCCESS],
  [
    'comments and instructions',
    `<?xml version="1.0"?><!-- a --><?b c?>${page('<!-- d --><?e f?>')}<!-- g -->`,
    { ...SUCCESS, others: ['#comment', '?b', 'page/#comment', 'page/?e', '#comment'] },
  ],
  ['a comment in a text', '<status><error>Incorrect <!-- x -->hash</error></status>', { ...BARE, others: ['status/error/#comment'] }],
  ['a comment in a further element', page('<x><!-- y --></x>'), { ...SUCCESS, others: ['page/x'] }],
  ['another encoding', `<?xml version="1.0" encoding="KOI8-R"?>${page('')}`, { ...SUCCESS, others: ['encoding KOI8-R'] }],
  ['an empty text', '<page><status><error/></status></page>', { ...ERROR, text: '' }],
  [
    'a further element',
    page('<did_details><id>3</id></did_details><time>1</time>'),
    { ...withDetails(['id', '3']), others: ['page/time'] },
  ],
  [
    'attributes',
    '<page version="2"><status><error code="1">Incorrect hash</error></status></page>',
    { ...ERROR, others: ['page@version', 'page/status/error@code'] },
  ],
  ['a text beside the elements', page('junk'), { ...SUCCESS, others: ['page/#text'] }],
  ['a text in a further element', page('<x>junk<y>junk</y></x>'), { ...SUCCESS, others: ['page/x'] }],
  [
    'an element in a text',
    '<page><status><error>Incorrect <b>x</b>hash</error></status></page>',
    { ...ERROR, others: ['page/status/error/b'] },
  ],
  [
    'a field twice',
    page('<did_details><id>3</id><id>4</id></did_details>'),
    { ...withDetails(['id', '3']), others: ['page/did_details/id'] },
  ],
  ['a status twice', page('<status><error>x</error></status>'), { ...SUCCESS, others: ['page/status'] }],
  [
    'both outcomes',
    '<page><status><error>Incorrect hash</error><success>x</success></status></page>',
    { ...ERROR, others: ['page/status/success'] },
  ],
  [
    'details of a bare answer',
    '<status><error>Incorrect hash</error><did_details><id>3</id></did_details></status>',
    { ...BARE, others: ['status/did_details'] },
  ],
  [
    'a field that names a property of every object',
    page('<did_details><__proto__>3</__proto__></did_details>'),
    withDetails(['__proto__', '3']),
  ],
  ['a document type', `<!DOCTYPE page>${page('')}`, { ...SUCCESS, others: ['!DOCTYPE'] }],
])('%s -> read', (_, body, expected) => {
  expect(readAnswer(body)).toEqual(expected);
});

test.each<[title: string, body: string]>([
  ['nothing', ''],
  ['a text', 'DID created'],
  ['white space', ' \n'],
  ['a plain line of ours', 'mock-mor: the body is no UTF-8\n'],
  ['JSON', '{"status":{"success":"DID created"}}'],
  ['an HTML page', '<html><body><h1>502 Bad Gateway</h1><hr><center>nginx</center></body></html>'],
  ['an XHTML page', '<html><status><success>DID created</success></status></html>'],
  ['no outcome', '<page><status/></page>'],
  ['an outcome elsewhere', '<page><success>DID created</success></page>'],
  ['an element that is not closed', '<page><status><success>DID created</success></status>'],
  ['an answer that is cut off', successXml(3).slice(0, -9)],
  ['an element that is closed by another name', '<page><status><success>DID created</error></status></page>'],
  ['elements that overlap', '<page><status><success>DID created</status></success></page>'],
  ['two roots', `${page('')}${page('')}`],
  ['a text behind the root', `${page('')}junk`],
  ['a text in front of the root', `junk${page('')}`],
  ['an entity nobody declared', '<status><error>&nbsp;</error></status>'],
  ['an entity of its own', '<!DOCTYPE page [<!ENTITY a "DID created">]><page><status><success>&a;</success></status></page>'],
  ['a bare ampersand', '<status><error>a & b</error></status>'],
  ['a character XML has no place for', '<status><error>\u0001</error></status>'],
  ['an attribute twice', '<page a="1" a="2"><status><error>x</error></status></page>'],
  ['a declaration that is not at the start', `\n${successXml(3)}`],
])('%s -> undefined', (_, body) => {
  expect(readAnswer(body)).toBeUndefined();
});

test.each<[title: string, inside: string, count: number]>([
  ['as deep as it can be', `${'<a>'.repeat(140_000)}${'</a>'.repeat(140_000)}`, 1],
  ['with as many elements as it can have', '<a/>'.repeat(250_000), 250_000],
  [
    'with as many attributes as it can have',
    `<a ${Array.from({ length: 130_000 }, (_, i) => `b${i.toString(36)}=''`).join(' ')}/>`,
    130_001,
  ],
])('a document of a megabyte, %s, is read to its end', (_, inside, count) => {
  expect(readAnswer(page(inside))?.others).toHaveLength(count);
});
