import { create } from 'xmlbuilder2';
import { SaxesParser } from 'saxes';
import { action, errorReply, page, USUAL_ERRORS } from '../../src/mor/reply.ts';
import { escapeXml, renderXml, renderXmlPieces } from '../../src/wire/render-xml.ts';
import type { Settings } from '../../src/mor/model.ts';

const SETTINGS = { response_type: 'xml', error_envelope: 'page', dialect: 'current' } as Settings;

/** The text of the one element of a document; throws where it is not well-formed. */
function textIn(xml: string): string {
  const parser = new SaxesParser();
  let text = '';
  parser.on('text', (piece) => {
    text += piece;
  });
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(xml).close();
  return text;
}

describe('escapeXml', () => {
  it('makes every code point safe: a parser reads it back, or U+FFFD where XML has no place for it', () => {
    const wrong: string[] = [];
    for (let start = 0; start <= 0x10ffff; start += 0x400) {
      const points = Array.from({ length: 0x400 }, (_, i) => start + i);
      // Blanks between them, so that two halves of a surrogate pair never meet.
      const text = points.map((point) => String.fromCodePoint(point)).join(' ');
      const expected = points.map((point) => (isXmlCharacter(point) ? String.fromCodePoint(point) : '\uFFFD')).join(' ');
      if (textIn(`<x>${escapeXml(text)}</x>`) !== expected) wrong.push(`U+${start.toString(16)}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each([
    ['a&b;c', 'a&amp;b;c'],
    ['&#0;', '&amp;#0;'],
    ['<b>&amp;</b>', '&lt;b&gt;&amp;amp;&lt;/b&gt;'],
    [']]>', ']]&gt;'],
    ['a\rb', 'a&#xD;b'],
    ['\uD83D', '\uFFFD'],
    ['\uD83D\uDE00', '\uD83D\uDE00'],
  ])('%j becomes %j', (text, expected) => {
    expect(escapeXml(text)).toBe(expected);
    expect(textIn(`<x>${expected}</x>`)).toBe(text.replace(/^\uD83D$/, '\uFFFD'));
  });
});

/** The production Char of XML 1.0. */
function isXmlCharacter(point: number): boolean {
  return (
    point === 9 ||
    point === 10 ||
    point === 13 ||
    (point >= 0x20 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0xfffd) ||
    point >= 0x10000
  );
}

describe('the XML is what xmlbuilder2 writes for the whole', () => {
  const options = { prettyPrint: true, indent: '  ' } as const;

  it.each<[Record<string, string>]>([[{ id: '3' }], [{ id: '4', did: '0037060000001' }]])('a success with %j', (fields) => {
    const document = create({ version: '1.0', encoding: 'UTF-8' }).ele('page');
    document.ele('status').ele('success').txt('DID created');
    const details = document.ele('did_details');
    for (const [name, value] of Object.entries(fields)) details.ele(name).txt(value);
    const reply = page({ status: { success: 'DID created' }, did_details: fields });
    expect(renderXml(reply)).toBe(`${document.doc().end(options)}\n`);
    expect([...renderXmlPieces(reply)].join('')).toBe(renderXml(reply));
  });

  it.each([
    ['page', 'accessDenied', 'page'],
    ['page', 'hashIncorrect', 'page'],
    ['bare', 'accessDenied', 'page'],
    ['bare', 'noSuchApi', 'page'],
    ['bare', 'hashIncorrect', 'status'],
  ] as const)('envelope %s: %s is in <%s>', (error_envelope, error, root) => {
    const xml = renderXml(errorReply(error, USUAL_ERRORS, { ...SETTINGS, error_envelope }));
    const text = /<error>(.*)<\/error>/.exec(xml)?.[1] ?? '';
    const document = create({ version: '1.0', encoding: 'UTF-8' });
    (root === 'page' ? document.ele('page') : document).ele('status').ele('error').txt(text);
    expect(xml).toBe(`${document.end(options)}\n`);
  });
});

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

describe('the frame of a call whose errors are right below the page', () => {
  it.each([
    ['apiDisabled', 'page', '<page>\n  <status>\n    <error>API Requests are disabled</error>\n  </status>\n</page>\n'],
    ['hashIncorrect', 'page', '<page>\n  <error>Incorrect hash</error>\n</page>\n'],
    ['accessDenied', 'page', '<page>\n  <error>Access Denied</error>\n</page>\n'],
    ['hashIncorrect', 'bare', '<status>\n  <error>Incorrect hash</error>\n</status>\n'],
    ['accessDenied', 'bare', '<page>\n  <error>Access Denied</error>\n</page>\n'],
  ] as const)('%s, envelope %s', (error, error_envelope, xml) => {
    expect(renderXml(errorReply(error, { ...USUAL_ERRORS, errorFrame: 'page' }, { ...SETTINGS, error_envelope }))).toBe(HEAD + xml);
  });
});

describe('lists', () => {
  it('writes each item on lines of its own, an empty element without white space', () => {
    const reply = page({
      dids: [
        'did',
        [
          { did: '1', owner: '' },
          { did: '<2>', device: 'a' },
        ],
      ],
    });
    expect(renderXml(reply)).toBe(
      `${HEAD}<page>\n  <dids>\n    <did>\n      <did>1</did>\n      <owner></owner>\n    </did>\n` +
        '    <did>\n      <did>&lt;2&gt;</did>\n      <device>a</device>\n    </did>\n  </dids>\n</page>\n',
    );
    expect([...renderXmlPieces(reply)].join('')).toBe(renderXml(reply));
  });

  it('writes an empty list as an empty element', () => {
    expect(renderXml(page({ devices: ['device', []] }))).toBe(`${HEAD}<page>\n  <devices></devices>\n</page>\n`);
  });

  it('reads the items only as far as the pieces are read', () => {
    let made = 0;
    function* items(): Generator<Record<string, string>> {
      for (;;) yield { id: String((made += 1)) };
    }
    const pieces = renderXmlPieces(page({ dids: ['did', items()] }));
    for (let i = 0; i < 4; i++) pieces.next();
    pieces.return();
    expect(made).toBe(3);
  });
});

it('writes the same name twice, one in the other', () => {
  expect(renderXml(page({ status: { status: 'gone' } }))).toBe(
    `${HEAD}<page>\n  <status>\n    <status>gone</status>\n  </status>\n</page>\n`,
  );
});

it.each([
  ['current', 'accessDenied', 'Access Denied'],
  ['legacy', 'accessDenied', "Don't be so smart"],
  ['legacy', 'hashIncorrect', 'Incorrect hash'],
] as const)('dialect %s: %s says %j', (dialect, error, text) => {
  expect(textIn(renderXml(errorReply(error, USUAL_ERRORS, { ...SETTINGS, dialect }))).trim()).toBe(text);
});

test('an action has a declaration of its own, next to a page of the same shape', () => {
  expect(renderXml(page({ name: 'a' }))).toBe('<?xml version="1.0" encoding="UTF-8"?>\n<page>\n  <name>a</name>\n</page>\n');
  const head = '<?xml version="1.0" encoding="utf-8" standalone="yes"?>';
  expect(renderXml(action({ name: 'b' }))).toBe(`${head}\n<action>\n  <name>b</name>\n</action>\n`);
});
