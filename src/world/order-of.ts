const DIGIT_BITS = 13;
const DIGITS = 1 << DIGIT_BITS;

/** Keys are split in two halves of this many values, each of two digits. */
const HALF = 2 ** (2 * DIGIT_BITS);

/**
 * The places of keys in the order of the keys; equal ones stay in the order in which they stand. Keys are whole numbers from 0 to 2^52.
 * A radix sort: it takes a fifth of the time of a sort that compares, and a list of a million is sorted at every load.
 */
export function orderOf(keys: ArrayLike<number>): Uint32Array {
  let from = new Uint32Array(keys.length);
  for (let place = 0; place < keys.length; place++) from[place] = place;
  if (isInOrder(keys)) return from;
  let to = new Uint32Array(keys.length);
  for (const isHigh of [false, true]) {
    for (const shift of [0, DIGIT_BITS]) {
      sortByDigit(keys, isHigh, shift, from, to);
      [from, to] = [to, from];
    }
  }
  return from;
}

/** The places of those keys that are 0 or more, in the order of the keys. */
export function orderOfKnown(keys: Float64Array): Uint32Array {
  if (keys.every((key) => key >= 0)) return orderOf(keys);
  const known: number[] = [];
  for (let place = 0; place < keys.length; place++) if ((keys[place] as number) >= 0) known.push(place);
  return orderOf(known.map((place) => keys[place] as number)).map((at) => known[at] as number);
}

function isInOrder(keys: ArrayLike<number>): boolean {
  for (let place = 1; place < keys.length; place++) if ((keys[place - 1] as number) > (keys[place] as number)) return false;
  return true;
}

function sortByDigit(keys: ArrayLike<number>, isHigh: boolean, shift: number, from: Uint32Array, to: Uint32Array): void {
  const ends = new Uint32Array(DIGITS + 1);
  const digitAt = (place: number): number => {
    const key = keys[place] as number;
    const high = Math.floor(key / HALF);
    return ((isHigh ? high : key - high * HALF) >>> shift) & (DIGITS - 1);
  };
  for (let place = 0; place < keys.length; place++) (ends[digitAt(place) + 1] as number) += 1;
  for (let digit = 1; digit <= DIGITS; digit++) (ends[digit] as number) += ends[digit - 1] as number;
  for (let i = 0; i < from.length; i++) {
    const place = from[i] as number;
    const digit = digitAt(place);
    to[ends[digit] as number] = place;
    (ends[digit] as number) += 1;
  }
}
