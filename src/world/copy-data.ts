/**
 * A deep copy of plain data: strings, numbers, lists and records. In place of `structuredClone`, which the environment of a test may lack
 * (happy-dom does), and which in Jest makes lists and records of another realm: `assert.deepStrictEqual` takes none of them for equal.
 */
export function copyData<T>(value: T): T {
  return copyPart(value) as T;
}

function copyPart(part: unknown): unknown {
  if (typeof part !== 'object' || part === null) return part;
  // Not `part.map`, which makes a list of the realm of `part`.
  if (Array.isArray(part)) return Array.from(part, copyPart);
  return Object.fromEntries(Object.entries(part).map(([name, field]) => [name, copyPart(field)]));
}
