import { FLOAT_FORMATS, INTEGER_FORMATS, printWholeNumber } from '../../src/explain/number-formats.ts';

/**
 * What the programs print, each for a float of these digits: Node, Python, Perl, awk and Java were run, the others by
 * their manuals.
 */
test.each<readonly [digits: string, printed: readonly string[]]>([
  ['1', ['1.0', '1.00']],
  ['370', ['370.0', '370.00']],
  ['37061000000', ['37061000000.0', '3.7061e+10', '3.7061E+10', '3.7061E10', '3.71E+10', '3.70610E+10']],
  ['37061200001', ['37061200001.0', '3.7061200001e+10', '3.7061200001E10', '3.70612e+10', '3.70612E+10']],
  ['10000000000', ['1e+10', '1.0e+10', '1E+10', '1.0E+10', '1.0E10', '1.00E+10']],
  ['1000000000000000000000', ['1e+21', '1E+21', '1.0E+21', '1000000000000000000000.0']],
  ['9007199254740993', ['9007199254740992', '9007199254740992.0', '9.007199254740992e+15', '9.00719925474099E+15', '9.007199254741E+15']],
  [
    '370123456789012345678',
    [
      '370123456789012350000',
      '370123456789012348928',
      '3.7012345678901235e+20',
      '3.70123456789012e+20',
      '3.7012345678901E+20',
      '3.70123e+20',
    ],
  ],
  ['16777217', ['16777216', '16777216.0']],
])('%s went through a float', (digits, printed) => {
  expect(FLOAT_FORMATS.map((format) => format(digits))).toEqual(expect.arrayContaining([...printed]));
});

test.each(['', '0x10', '+370', ' 370', '3.7', '1e3', 'abc', '\u0663', '1'.repeat(39)])('%j are not digits, and stay', (text) => {
  expect([...new Set([...FLOAT_FORMATS, ...INTEGER_FORMATS].map((format) => format(text)))]).toEqual([text]);
});

test.each<readonly [digits: string, printed: readonly string[]]>([
  ['2147483647', []],
  ['2147483648', ['2147483647', '-2147483648']],
  ['37061000001', ['2147483647', '-1593705663', '2701261633']],
  ['9223372036854775807', ['2147483647', '-1', '4294967295']],
  ['9223372036854775808', ['2147483647', '0', '9223372036854775807', '-9223372036854775808']],
])('%s went through an integer', (digits, printed) => {
  expect(new Set(INTEGER_FORMATS.map((format) => format(digits)))).toEqual(new Set([digits, ...printed]));
});

test.each([
  ['1.0', '1'],
  ['12.00', '12'],
  ['3.7061e+10', '37061000000'],
  ['3.7061E10', '37061000000'],
  ['1e+21', '1000000000000000000000'],
  ['0370', '370'],
  ['1.5', '1.5'],
  ['3.7e-2', '3.7e-2'],
  ['1e400', '1e400'],
  ['x', 'x'],
  ['', ''],
])('%j as a whole number -> %j', (text, expected) => {
  expect(printWholeNumber(text)).toBe(expected);
});
