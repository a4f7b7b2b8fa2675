import { idIn, NOT_TEXT, getString, textToHash, trimmed, type ParamValue } from '../../src/mor/params.ts';

const shown = (text: string): string => JSON.stringify(text);

const TRIMMED: readonly (readonly [text: string, expected: string])[] = [
  ['', ''],
  ['a', 'a'],
  [' a ', 'a'],
  ['\t\n\v\f\r a \r\f\v\n\t', 'a'],
  [' \t\n\v\f\r', ''],
  ['a b', 'a b'],
  [' a\n b ', 'a\n b'],
  ['\0a\0', '\0a\0'],
  ['\u0008a\u000e', '\u0008a\u000e'],
  ['\u001fa', '\u001fa'],
  ['a\u0085', 'a\u0085'],
  ['\u00a0a\u00a0', '\u00a0a\u00a0'],
  ['\ufeffa', '\ufeffa'],
  ['a\u2028', 'a\u2028'],
  ['\u3000a', '\u3000a'],
];

test.each(TRIMMED.map(([text, expected]) => ({ title: shown(text), text, expected })))(
  'trimmed $title -> $expected',
  ({ text, expected }) => {
    expect(trimmed(text)).toBe(expected);
  },
);

const IDS: readonly (readonly [text: string, expected: number | undefined])[] = [
  ['0', 0],
  ['1', 1],
  ['01', 1],
  ['000', 0],
  [' 12 ', 12],
  ['\t\n\v\f\r7\r\n', 7],
  [`${'0'.repeat(400)}5`, 5],
  ['9007199254740991', 9007199254740991],
  ['9007199254740992', undefined],
  ['9007199254740993', undefined],
  ['18446744073709551617', undefined],
  ['9'.repeat(400), undefined],
  ['', undefined],
  [' ', undefined],
  ['-1', undefined],
  ['-0', undefined],
  ['+1', undefined],
  ['1.0', undefined],
  ['1e2', undefined],
  ['0x1', undefined],
  ['0b1', undefined],
  ['1_0', undefined],
  ['1n', undefined],
  ['1 2', undefined],
  ['1\n2', undefined],
  ['1\n', 1],
  ['1\0', undefined],
  ['1\u00a0', undefined],
  ['１', undefined],
  ['٣', undefined],
  ['Infinity', undefined],
  ['NaN', undefined],
  ['null', undefined],
  ['__proto__', undefined],
];

test.each(IDS.map(([text, expected]) => ({ title: shown(text).slice(0, 40), text, expected })))(
  'idIn $title -> $expected',
  ({ text, expected }) => {
    expect(idIn(text)).toBe(expected);
  },
);

const PARAMS = new Map<string, ParamValue>([
  ['did', ' 5 '],
  ['empty', ''],
  ['list', NOT_TEXT],
]);

test.each([
  ['did', ' 5 ', ' 5 '],
  ['empty', '', ''],
  ['absent', undefined, ''],
  ['list', undefined, undefined],
  ['__proto__', undefined, ''],
  ['toString', undefined, ''],
])('parameter %s -> text %j, to be hashed %j', (name, text, toHash) => {
  expect(getString(PARAMS, name)).toBe(text);
  expect(textToHash(PARAMS, name)).toBe(toHash);
});

test('a long run of blanks inside a text costs no more than its length', () => {
  const text = `1${' '.repeat(1_000_000)}2`;
  const start = performance.now();
  expect(trimmed(` ${text}\n`)).toBe(text);
  expect(performance.now() - start).toBeLessThan(1000);
});
