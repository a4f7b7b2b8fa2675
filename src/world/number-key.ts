/** How many digits a number with a key has at the most: E.164 allows no more. */
export const MOST_DIGITS = 15;

/**
 * A number of at most `MOST_DIGITS` digits as one that JavaScript counts exactly; undefined for any other text.
 * A 1 stands in front, so that leading zeros stay. Keys are in the order of length, then of digits; those of a block follow each other.
 */
export function keyOf(did: string): number | undefined {
  return /^[0-9]{1,15}$/.test(did) ? Number(`1${did}`) : undefined;
}

/** The number a key stands for. */
export function numberOf(key: number): string {
  return String(key).slice(1);
}
