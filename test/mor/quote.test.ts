import { describeCharacter, quote, quoteIfHidden, quoteValue } from '../../src/mor/quote.ts';

/** Each character in the middle of a number: how it is escaped, and what it is called. */
const HIDDEN: readonly (readonly [category: string, character: string, escaped: string, name: string])[] = [
  ['Cc: NUL', '\u0000', String.raw`\u0000`, 'U+0000 NUL'],
  ['Cc: tab', '\t', String.raw`\t`, 'U+0009 tab'],
  ['Cc: line feed', '\n', String.raw`\n`, 'U+000A line feed'],
  ['Cc: carriage return', '\r', String.raw`\r`, 'U+000D carriage return'],
  ['Cc: bell', '\u0007', String.raw`\u0007`, 'U+0007 control character'],
  ['Cc: escape', '\u001b', String.raw`\u001b`, 'U+001B escape'],
  ['Cc: delete', '\u007f', String.raw`\u007f`, 'U+007F delete'],
  ['Cc: C1', '\u0085', String.raw`\u0085`, 'U+0085 control character'],
  ['Cf: soft hyphen', '\u00ad', String.raw`\u00ad`, 'U+00AD soft hyphen'],
  ['Cf: zero-width space', '\u200b', String.raw`\u200b`, 'U+200B zero-width space'],
  ['Cf: zero-width joiner', '\u200d', String.raw`\u200d`, 'U+200D zero-width joiner'],
  ['Cf: word joiner', '\u2060', String.raw`\u2060`, 'U+2060 word joiner'],
  ['Cf: right-to-left override', '\u202e', String.raw`\u202e`, 'U+202E right-to-left override'],
  ['Cf: isolate', '\u2066', String.raw`\u2066`, 'U+2066 left-to-right isolate'],
  ['Cf: byte order mark', '\ufeff', String.raw`\ufeff`, 'U+FEFF byte order mark'],
  ['Cf: Arabic number sign', '\u0600', String.raw`\u0600`, 'U+0600 format character'],
  ['Cf: language tag', '\u{e0041}', String.raw`\udb40\udc41`, 'U+E0041 format character'],
  ['Zs: no-break space', '\u00a0', String.raw`\u00a0`, 'U+00A0 no-break space'],
  ['Zs: thin space', '\u2009', String.raw`\u2009`, 'U+2009 thin space'],
  ['Zs: em space', '\u2003', String.raw`\u2003`, 'U+2003 space'],
  ['Zs: ideographic space', '\u3000', String.raw`\u3000`, 'U+3000 ideographic space'],
  ['Zl', '\u2028', String.raw`\u2028`, 'U+2028 line separator'],
  ['Zp', '\u2029', String.raw`\u2029`, 'U+2029 paragraph separator'],
  ['Mn: acute accent', '\u0301', String.raw`\u0301`, 'U+0301 combining character'],
  ['Mn: variation selector', '\ufe0f', String.raw`\ufe0f`, 'U+FE0F combining character'],
  ['Mn: grapheme joiner', '\u034f', String.raw`\u034f`, 'U+034F combining character'],
  ['Me: enclosing circle', '\u20dd', String.raw`\u20dd`, 'U+20DD combining character'],
  ['Mc: Devanagari sign', '\u0903', String.raw`\u0903`, 'U+0903 combining character'],
  ['Co', '\ue000', String.raw`\ue000`, 'U+E000 private-use character'],
  ['Co beyond the BMP', '\u{f0000}', String.raw`\udb80\udc00`, 'U+F0000 private-use character'],
  ['Cn: no character', '\uffff', String.raw`\uffff`, 'U+FFFF unassigned character'],
  ['Cn: not yet one', '\u0378', String.raw`\u0378`, 'U+0378 unassigned character'],
  ['Cs: first half', '\ud83d', String.raw`\ud83d`, 'U+D83D lone surrogate'],
  ['Cs: second half', '\ude00', String.raw`\ude00`, 'U+DE00 lone surrogate'],
  ['Lo without a shape: Hangul filler', '\u3164', String.raw`\u3164`, 'U+3164 invisible character'],
  ['So without a shape: braille', '\u2800', String.raw`\u2800`, 'U+2800 blank braille pattern'],
  ['So without a shape: note head', '\u{1d159}', String.raw`\ud834\udd59`, 'U+1D159 invisible character'],
  ['Nd: full-width digit', '\uff11', String.raw`\uff11`, 'U+FF11 full-width "1"'],
  ['full-width plus sign', '\uff0b', String.raw`\uff0b`, 'U+FF0B full-width "+"'],
  ['Nd: Arabic-Indic digit', '\u0663', String.raw`\u0663`, 'U+0663 digit other than 0-9'],
  ['Nd: bold digit', '\u{1d7ce}', String.raw`\ud835\udfce`, 'U+1D7CE digit other than 0-9'],
];

describe.each(HIDDEN)('%s', (_, character, escaped, name) => {
  test('is escaped and named with its position', () => {
    expect(quote(`370${character}61`)).toBe(`"370${escaped}61" (${name} at character 4)`);
    expect(quoteIfHidden(`370${character}61`)).toBe(`"370${escaped}61" (${name} at character 4)`);
    expect(JSON.parse(`"370${escaped}61"`)).toBe(`370${character}61`);
  });

  test('is named alone', () => {
    expect(describeCharacter(character)).toBe(name);
  });
});

/** Written as it is in source, so that the reader can see it too. */
const VISIBLE = ['370', '+1 (555) 0-1', 'Zoë', 'Łódź', 'Ωμέγα', 'Юля', '日本', 'ㄱ', '한국', 'שלום', 'سلام', '€', '–', '…', '½', '²', '🙂'];

test.each(VISIBLE)('%s can be seen and stays', (text) => {
  expect(quote(text)).toBe(`"${text}"`);
  expect(quoteIfHidden(text)).toBe(text);
});

test.each([
  ['a "b" \\', String.raw`"a \"b\" \\"`],
  ['', '""'],
  [' 370 ', '" 370 "'],
  ['\\u200b', String.raw`"\\u200b"`],
])('%j, quoted -> %s', (text, expected) => {
  expect(quote(text)).toBe(expected);
});

test.each([
  ['3\u200b7\u200b0', String.raw`"3\u200b7\u200b0" (U+200B zero-width space at characters 2 and 4)`],
  ['\u200b\u200b\u200b', String.raw`"\u200b\u200b\u200b" (U+200B zero-width space at characters 1, 2 and 3)`],
  ['3\u00007\u00000\u00001\u0000', String.raw`"3\u00007\u00000\u00001\u0000" (U+0000 NUL at characters 2, 4, 6 and 1 more)`],
  ['\ufeff370\u00a0', String.raw`"\ufeff370\u00a0" (U+FEFF byte order mark at character 1; U+00A0 no-break space at character 5)`],
  [
    '\u0001\u0002\u0003\u0004',
    String.raw`"\u0001\u0002\u0003\u0004" (U+0001 control character at character 1; U+0002 control character at character 2; U+0003 control character at character 3; 1 other hidden character)`,
  ],
  [
    '\u0001\u0002\u0003\u0004\u0005',
    String.raw`"\u0001\u0002\u0003\u0004\u0005" (U+0001 control character at character 1; U+0002 control character at character 2; U+0003 control character at character 3; 2 other hidden characters)`,
  ],
  ['🙂🙂\u200b', String.raw`"🙂🙂\u200b" (U+200B zero-width space at character 3)`],
])('several: %j', (text, expected) => {
  expect(quote(text)).toBe(expected);
});

describe('long texts', () => {
  test.each([
    ['1'.repeat(60), `"${'1'.repeat(60)}"`],
    ['1'.repeat(61), `"${'1'.repeat(60)}…"`],
    [`${'1'.repeat(59)}🙂2`, `"${'1'.repeat(59)}…"`],
    [`${'1'.repeat(58)}🙂2`, `"${'1'.repeat(58)}🙂…"`],
    [`${'1'.repeat(99)}\u200b`, `"${'1'.repeat(60)}…" (U+200B zero-width space at character 100)`],
    [`${'1'.repeat(1999)}\u200b`, `"${'1'.repeat(60)}…" (U+200B zero-width space at character 2000)`],
    [`${'1'.repeat(2000)}\u200b`, `"${'1'.repeat(60)}…"`],
    [`${'1'.repeat(1999)}🙂`, `"${'1'.repeat(60)}…"`],
  ])('case %#', (text, expected) => {
    expect(quote(text)).toBe(expected);
  });

  test('a limit of its own, a suffix behind the cut', () => {
    expect(quote('12345', { maxLength: 3 })).toBe('"123…"');
    expect(quote('12345', { maxLength: 3, suffix: '***' })).toBe('"123…***"');
    expect(quote('1\u200b', { suffix: '***' })).toBe(String.raw`"1\u200b***" (U+200B zero-width space at character 2)`);
  });

  test('a megabyte of hidden characters costs no more than its start', () => {
    expect(quote('\u200b'.repeat(1_000_000), { maxLength: 2 })).toBe(
      String.raw`"\u200b\u200b…" (U+200B zero-width space at characters 1, 2, 3 and 1997 more)`,
    );
  });
});

test('of a text of several lines, line ends and tabs are escaped and not named', () => {
  expect(quote('<a>\r\n\t\u200b</a>', { isMultiline: true })).toBe(
    String.raw`"<a>\r\n\t\u200b</a>" (U+200B zero-width space at character 7)`,
  );
  expect(quote('<a>\n</a>', { isMultiline: true })).toBe(String.raw`"<a>\n</a>"`);
});

test.each([
  ['x', '"x"'],
  ['"', String.raw`"\""`],
  ['é', '"é"'],
  ['🙂', '"🙂"'],
])('the character %s -> %s', (character, expected) => {
  expect(describeCharacter(character)).toBe(expected);
});

test.each<readonly [value: unknown, expected: string]>([
  ['a\u200b', String.raw`"a\u200b" (U+200B zero-width space at character 2)`],
  [null, 'null'],
  [undefined, 'undefined'],
  [5, 'number'],
  [['a'], 'object'],
])('the value %j -> %s', (value, expected) => {
  expect(quoteValue(value)).toBe(expected);
});
