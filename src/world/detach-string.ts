/** From this length on V8 stores a part of a string as a reference into the complete one. */
const MIN_SLICED_LENGTH = 13;

/** The same string, without a reference to the request body that it was cut from: a number that is kept must not keep a megabyte. */
export function detachString(text: string): string {
  if (text.length < MIN_SLICED_LENGTH) return text;
  const copy = Buffer.from(text, 'latin1').toString('latin1');
  // Other characters need two bytes each.
  return copy === text ? copy : Buffer.from(text, 'utf16le').toString('utf16le');
}

/** A copy of a record with every string of it detached. */
export function detachStrings<T extends object>(record: T): T {
  const copy = { ...record };
  for (const field of Object.keys(record) as (keyof T)[]) {
    const value = record[field];
    if (typeof value === 'string') copy[field] = detachString(value) as T[keyof T];
  }
  return copy;
}
