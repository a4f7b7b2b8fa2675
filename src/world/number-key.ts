/** How many digits a number with a key has at the most: E.164 allows no more. */
export const MOST_DIGITS = 15;

/** The character code of the digit. */
const ZERO = 48;

/**
 * A number of at most `MOST_DIGITS` digits as one that JavaScript counts exactly; undefined for any other text.
 * A 1 stands in front, so that leading zeros stay. Keys are in the order of length, then of digits; those of a block follow each other.
 */
export function keyOf(did: string): number | undefined {
  if (did.length === 0 || did.length > MOST_DIGITS) return undefined;
  let key = 1;
  for (let i = 0; i < did.length; i++) {
    const digit = did.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    key = key * 10 + digit;
  }
  return key;
}

/** The number a key stands for. */
export function numberOf(key: number): string {
  return String(key).slice(1);
}
