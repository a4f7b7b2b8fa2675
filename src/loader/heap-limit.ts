import { getHeapStatistics } from 'node:v8';
import type { Location } from './issues.ts';

/** Memory that a value or a key of YAML takes while it is read, in bytes: it is measured, and rounded up. */
const BYTES_EACH = 2000;

/** What is in front of a value or behind it: line ends, and `,`, `:`, `[` and `{`. */
const SIGNS = new Set(Array.from('\n,:[{', (sign) => sign.charCodeAt(0)));

/** Where YAML has more values than fit into the heap. */
export interface HeapOverflow {
  readonly location: Location;
  readonly message: string;
}

/**
 * Finds the place up to which YAML could be read without filling the heap, which would end the process. Values are counted by the signs
 * around them.
 *
 * @param heapBytes Size that the heap may have. Default: that of this process.
 */
export function findHeapOverflow(
  text: string,
  heapBytes = getHeapStatistics().heap_size_limit,
): HeapOverflow | undefined {
  const max = Math.floor(heapBytes / BYTES_EACH);
  if (text.length <= max) return undefined;
  for (let offset = 0, count = 0; offset < text.length; offset++) {
    if (!SIGNS.has(text.charCodeAt(offset)) || ++count <= max) continue;
    const limit = `the YAML has more than ${String(max)} values and keys, the most that fit into this process's heap`;
    return {
      location: { line: text.slice(0, offset).split('\n').length, column: offset - text.lastIndexOf('\n', offset - 1) },
      message: `Stopped here: ${limit}. Write consecutive numbers as blocks, or list them in a CSV file that dids_from names.`,
    };
  }
  return undefined;
}
