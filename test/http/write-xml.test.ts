import { create } from 'xmlbuilder2';
import { SaxesParser } from 'saxes';
import { xmlOf, xmlText } from '../../src/http/write-xml.ts';
import { builtShape, READY_SHAPES } from '../../src/http/xml-shapes.ts';
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

describe('xmlText', () => {
  it('makes every code point safe: a parser reads it back, or U+FFFD where XML has no place for it', () => {
    const wrong: string[] = [];
    for (let start = 0; start <= 0x10ffff; start += 0x400) {
      const points = Array.from({ length: 0x400 }, (_, i) => start + i);
      // Blanks between them, so that two halves of a surrogate pair never meet.
      const text = points.map((point) => String.fromCodePoint(point)).join(' ');
      const expected = points.map((point) => (isXmlCharacter(point) ? String.fromCodePoint(point) : '\uFFFD')).join(' ');
      if (textIn(`<x>${xmlText(text)}</x>`) !== expected) wrong.push(`U+${start.toString(16)}`);
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
    expect(xmlText(text)).toBe(expected);
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

describe('a filled shape is what xmlbuilder2 writes for the whole', () => {
  const options = { prettyPrint: true, indent: '  ' } as const;

  it.each([
    [[['id', '3']]],
    [
      [
        ['id', '4'],
        ['did', '0037060000001'],
      ],
    ],
    [[]],
  ] as [[string, string][]][])('success with the fields %j', (fields) => {
    const page = create({ version: '1.0', encoding: 'UTF-8' }).ele('page');
    page.ele('status').ele('success').txt('DID created');
    const details = page.ele('did_details');
    for (const [name, value] of fields) details.ele(name).txt(value);
    const reply = { kind: 'success', text: 'DID created', details: { element: 'did_details', fields } } as const;
    expect(xmlOf(reply, SETTINGS)).toBe(`${page.doc().end(options)}\n`);
  });

  it.each([
    ['page', 'accessDenied', 'page'],
    ['page', 'hashIncorrect', 'page'],
    ['bare', 'accessDenied', 'page'],
    ['bare', 'noSuchApi', 'page'],
    ['bare', 'hashIncorrect', 'status'],
  ] as const)('envelope %s: %s stands in <%s>', (error_envelope, error, root) => {
    const xml = xmlOf({ kind: 'error', error }, { ...SETTINGS, error_envelope });
    const text = /<error>(.*)<\/error>/.exec(xml)?.[1] ?? '';
    const document = create({ version: '1.0', encoding: 'UTF-8' });
    (root === 'page' ? document.ele('page') : document).ele('status').ele('error').txt(text);
    expect(xml).toBe(`${document.end(options)}\n`);
  });
});

it.each([
  ['current', 'accessDenied', 'Access Denied'],
  ['legacy', 'accessDenied', "Don't be so smart"],
  ['legacy', 'hashIncorrect', 'Incorrect hash'],
] as const)('dialect %s: %s says %j', (dialect, error, text) => {
  expect(textIn(xmlOf({ kind: 'error', error }, { ...SETTINGS, dialect })).trim()).toBe(text);
});

it.each(Object.entries(READY_SHAPES))('the shape %j is what xmlbuilder2 builds', (words, xml) => {
  expect(xml).toBe(builtShape(words));
});
