import { bareErrorXml, errorXml, successXml } from '../../src/contract/expected-xml.ts';
import { findText, parseAnswer, type AnswerElement } from '../../src/contract/parse-answer.ts';

const page = (inside: string): string => `<page><status><success>DID created</success></status>${inside}</page>`;

const CREATED: AnswerElement = ['status', [['success', 'DID created']]];

/** The success, with these elements behind the status. */
const success = (...elements: readonly AnswerElement[]) => ({
  root: 'page',
  kind: 'success',
  text: 'DID created',
  content: [CREATED, ...elements],
  padded: [],
  unexpected: [],
});

const withDetails = (...fields: readonly AnswerElement[]) => success(['did_details', fields]);

const ERROR = { ...success(), kind: 'error', text: 'Incorrect hash', content: [['status', [['error', 'Incorrect hash']]]] };
const BARE = { ...ERROR, root: 'status', content: [['error', 'Incorrect hash']] };
const bare = (text: string) => ({ ...BARE, text, content: [['error', text]] });

test.each<[title: string, body: string, expected: object]>([
  ['the success of the page', successXml(3), withDetails(['id', '3'])],
  ['the success of test=1', successXml(3, '370'), withDetails(['id', '3'], ['did', '370'])],
  ['an error', errorXml('Incorrect hash'), ERROR],
  ['a bare error', bareErrorXml('Incorrect hash'), BARE],
  [
    'an error right below the page',
    '<page><error>No DIDs found</error></page>',
    { ...ERROR, text: 'No DIDs found', content: [['error', 'No DIDs found']] },
  ],
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
    { ...success(), content: [['did_details', [['id', '3']]], CREATED] },
  ],
  ['details without a field', page('<did_details/>'), success(['did_details', ''])],
  [
    'a list',
    '<page><dids><did><did>370</did><owner></owner></did><did><did>371</did></did></dids></page>',
    {
      ...success(),
      text: 'success',
      content: [
        [
          'dids',
          [
            [
              'did',
              [
                ['did', '370'],
                ['owner', ''],
              ],
            ],
            ['did', [['did', '371']]],
          ],
        ],
      ],
    },
  ],
  [
    'a status in a status',
    '<page><status><status>DID successfully deleted</status></status></page>',
    { ...success(), text: 'DID successfully deleted', content: [['status', [['status', 'DID successfully deleted']]]] },
  ],
  ['a list without records', '<page><devices></devices></page>', { ...success(), text: 'success', content: [['devices', '']] }],
  ['entities', '<status><error>Don&apos;t &#x26; &lt;</error></status>', bare("Don't & <")],
  ['CDATA', "<status><error>Don<![CDATA['t <b>]]></error></status>", { ...bare("Don't <b>"), unexpected: ['status/error/#cdata'] }],
  ['a byte order mark and a declaration of its own', `\uFEFF<?xml version='1.0' encoding='utf-8'?>${page('')}`, success()],
  [
    'comments and instructions',
    `<?xml version="1.0"?><!-- a --><?b c?>${page('<!-- d --><?e f?>')}<!-- g -->`,
    { ...success(), unexpected: ['#comment', '?b', 'page/#comment', 'page/?e', '#comment'] },
  ],
  ['a comment in a text', '<status><error>Incorrect <!-- x -->hash</error></status>', { ...BARE, unexpected: ['status/error/#comment'] }],
  ['another encoding', `<?xml version="1.0" encoding="KOI8-R"?>${page('')}`, { ...success(), unexpected: ['encoding KOI8-R'] }],
  ['an empty text', '<page><status><error/></status></page>', { ...ERROR, text: '', content: [['status', [['error', '']]]] }],
  ['a further element', page('<time>1</time>'), success(['time', '1'])],
  [
    'attributes',
    '<page version="2"><status><error code="1">Incorrect hash</error></status></page>',
    { ...ERROR, unexpected: ['page@version', 'page/status/error@code'] },
  ],
  ['a text next to the elements', page('junk'), { ...success(), unexpected: ['page/#text'] }],
  [
    'an element in a text',
    '<page><status><error>Incorrect <b>x</b>hash</error></status></page>',
    { ...ERROR, text: 'x', content: [['status', [['error', [['b', 'x']]]]]], unexpected: ['page/status/error/#text'] },
  ],
  ['a field twice', page('<did_details><id>3</id><id>4</id></did_details>'), withDetails(['id', '3'], ['id', '4'])],
  [
    'both outcomes',
    '<page><status><error>Incorrect hash</error><success>x</success></status></page>',
    {
      ...ERROR,
      content: [
        [
          'status',
          [
            ['error', 'Incorrect hash'],
            ['success', 'x'],
          ],
        ],
      ],
    },
  ],
  [
    'a field that names a property of every object',
    page('<did_details><__proto__>3</__proto__></did_details>'),
    withDetails(['__proto__', '3']),
  ],
  ['a document type', `<!DOCTYPE page>${page('')}`, { ...success(), unexpected: ['!DOCTYPE'] }],
])('%s -> read', (_, body, expected) => {
  expect(parseAnswer(body)).toEqual(expected);
});

test.each<[title: string, body: string]>([
  ['nothing', ''],
  ['a text', 'DID created'],
  ['white space', ' \n'],
  ['a plain line of the mock', 'mock-mor: the body is no UTF-8\n'],
  ['JSON', '{"status":{"success":"DID created"}}'],
  ['an HTML page', '<html><body><h1>502 Bad Gateway</h1><hr><center>nginx</center></body></html>'],
  ['an XHTML page', '<html><status><success>DID created</success></status></html>'],
  ['no outcome', '<page><status/></page>'],
  ['an empty page', '<page></page>'],
  ['a text alone', '<page>DID created</page>'],
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
  expect(parseAnswer(body)).toBeUndefined();
});

test.each<[title: string, inside: string, count: number]>([
  ['as deep as it can be', `${'<a>'.repeat(140_000)}${'</a>'.repeat(140_000)}`, 1],
  ['with as many elements as it can have', '<a/>'.repeat(250_000), 0],
  [
    'with as many attributes as it can have',
    `<a ${Array.from({ length: 130_000 }, (_, i) => `b${i.toString(36)}=''`).join(' ')}/>`,
    130_000,
  ],
])('a document of a megabyte, %s, is read to its end', (_, inside, count) => {
  expect(parseAnswer(page(inside))?.unexpected).toHaveLength(count);
});

test('the first element of a name is found at any depth', () => {
  const { content = [] } = parseAnswer(successXml(3, '370')) ?? {};
  expect([findText(content, 'id'), findText(content, 'did'), findText(content, 'owner')]).toEqual(['3', '370', undefined]);
});
