import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { readAnswer } from '../../src/contract/read-answer.ts';

const page = (inside: string): string => `<page><status><success>DID created</success></status>${inside}</page>`;

const SUCCESS = { root: 'page', kind: 'success', text: 'DID created', details: new Map(), others: [] };
const ERROR = { root: 'page', kind: 'error', text: 'Incorrect hash', details: new Map(), others: [] };

test.each<[title: string, body: string, expected: ReturnType<typeof readAnswer> | object]>([
  ['the success of the page', successXml(3), { ...SUCCESS, details: new Map([['id', '3']]) }],
  [
    'the success of test=1',
    successXml(3, '370'),
    {
      ...SUCCESS,
      details: new Map([
        ['id', '3'],
        ['did', '370'],
      ]),
    },
  ],
  ['an error', errorXml('Incorrect hash'), ERROR],
  ['a bare error', bareErrorXml('Incorrect hash'), { ...ERROR, root: 'status' }],
  ['no white space, no declaration', '<page><status><error>Incorrect hash</error></status></page>', ERROR],
  ['white space around a text', '<status><error>\n  Incorrect hash\t</error></status>', { ...ERROR, root: 'status' }],
  ['entities', '<status><error>Don&apos;t &#x26; &lt;</error></status>', { ...ERROR, root: 'status', text: "Don't & <" }],
  ['CDATA', "<status><error>Don<![CDATA['t <b>]]></error></status>", { ...ERROR, root: 'status', text: "Don't <b>" }],
  ['a byte order mark, a comment, an instruction', `\uFEFF<?xml version="1.0"?><!-- a --><?b c?>${page('<!-- d -->')}`, SUCCESS],
  ['an empty text', '<page><status><error/></status></page>', { ...ERROR, text: '' }],
  [
    'a further element',
    page('<did_details><id>3</id></did_details><time>1</time>'),
    { ...SUCCESS, details: new Map([['id', '3']]), others: ['page/time'] },
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
    { ...SUCCESS, details: new Map([['id', '3']]), others: ['page/did_details/id'] },
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
    { ...ERROR, root: 'status', others: ['status/did_details'] },
  ],
  [
    'a field that names a property of every object',
    page('<did_details><__proto__>3</__proto__></did_details>'),
    { ...SUCCESS, details: new Map([['__proto__', '3']]) },
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
