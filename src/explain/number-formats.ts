/**
 * What becomes of the digits of a number if a program reads them as a number and prints that again. Each function
 * changes digits only.
 */

type TextFormat = (text: string) => string;

/** Below this power of ten nobody prints an exponent. */
const MIN_EXPONENT = 6;

/** Longer digits are no phone numbers, and a float of 32 bits cannot hold them. */
const DIGITS = /^[0-9]{1,38}$/;

/** How a float is printed; undefined leaves the digits as they are. */
const float = (format: (value: number) => string | undefined): TextFormat => {
  return (text) => (DIGITS.test(text) ? (format(Number(text)) ?? text) : text);
};

/** Every way in which digits are printed that went through a floating-point number. */
export const FLOAT_FORMATS: readonly TextFormat[] = [
  // JavaScript: all digits, and an exponent from 1e21 on.
  float(String),
  // C's %.0f, Python's int(), JavaScript's BigInt: every digit of the nearest number that a float can hold.
  float(printDigits),
  // Python, Ruby and pandas; a decimal with two places.
  float((value) => `${printDigits(value)}.0`),
  float((value) => `${printDigits(value)}.00`),
  // Go, Python and Ruby, with as many digits as the number needs.
  float((value) => exponential(value, 'e+')),
  float((value) => exponential(value, 'e+', '.0')),
  // C# and PHP.
  float((value) => exponential(value, 'E+')),
  float((value) => exponential(value, 'E+', '.0')),
  // Java: 12.0, and 3.7061E10 from ten million on.
  float((value) => (value < 1e7 ? `${String(value)}.0` : exponential(value, 'E', '.0'))),
  // C's %g and its like, rounded to as many digits as awk and spreadsheets, PHP, Perl and older .NET print.
  ...[6, 14, 15].flatMap((digits) => [
    float((value) => general(value, digits, 'e+')),
    float((value) => general(value, digits, 'E+')),
    float((value) => general(value, digits, 'E+', '.0')),
  ]),
  // Spreadsheets with a fixed number of places: 3.71E+10 and 3.70610E+10.
  float((value) => fixedExponential(value, 2)),
  float((value) => fixedExponential(value, 5)),
  // A float of 32 bits.
  float((value) => printDigits(Math.fround(value))),
  float((value) => `${printDigits(Math.fround(value))}.0`),
];

const integer = (max: bigint, format: (value: bigint) => bigint): TextFormat => {
  return (text) => (DIGITS.test(text) && BigInt(text) > max ? String(format(BigInt(text))) : text);
};

const MAX_INT_32 = 2n ** 31n - 1n;
const MAX_INT_64 = 2n ** 63n - 1n;

/** What is left of digits that an integer of 32 or 64 bits cannot hold: the largest integer, or the bits that fit. */
export const INTEGER_FORMATS: readonly TextFormat[] = [
  integer(MAX_INT_32, () => MAX_INT_32),
  integer(MAX_INT_32, (value) => BigInt.asIntN(32, value)),
  integer(MAX_INT_32, (value) => BigInt.asUintN(32, value)),
  integer(MAX_INT_64, () => MAX_INT_64),
  integer(MAX_INT_64, (value) => BigInt.asIntN(64, value)),
  integer(MAX_INT_64, (value) => BigInt.asUintN(64, value)),
];

/**
 * The digits of a whole number as a program may print it: `37061000000` for `3.7061e+10`, `1` for `1.0`. Other texts
 * stay.
 */
export function printWholeNumber(text: string): string {
  if (!/^[0-9]{1,40}(?:\.[0-9]{1,40})?(?:[eE]\+?[0-9]{1,2})?$/.test(text)) return text;
  const value = Number(text);
  return Number.isInteger(value) ? printDigits(value) : text;
}

function printDigits(value: number): string {
  return BigInt(value).toString();
}

/**
 * `3.7061e+10`, with two digits in the exponent at least; `fraction` is what a mantissa without one gets: `1.0E+21`.
 */
function exponential(value: number, mark: 'e+' | 'E+' | 'E', fraction = ''): string | undefined {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e+');
  if (exponent === '' || Number(exponent) < MIN_EXPONENT) return undefined;
  return `${mantissa}${mantissa.includes('.') ? '' : fraction}${mark}${mark === 'E' ? exponent : exponent.padStart(2, '0')}`;
}

/** As C's `%g` with a precision: an exponent only if there are more digits than that. */
function general(value: number, digits: number, mark: 'e+' | 'E+', fraction?: string): string | undefined {
  const rounded = Number(value.toPrecision(digits));
  return rounded < 10 ** digits ? undefined : exponential(rounded, mark, fraction);
}

function fixedExponential(value: number, places: number): string | undefined {
  const [mantissa = '', exponent = ''] = value.toExponential(places).split('e+');
  return Number(exponent) < MIN_EXPONENT ? undefined : `${mantissa}E+${exponent.padStart(2, '0')}`;
}
