import { quote } from '../mor/quote.ts';
import type { BodyValue } from './body-value.ts';
import type { Source } from './issues.ts';

/** The way to a value in a document: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** What somebody wrote, as plain values, and the way back to where each of them is. */
export interface SourceDocument {
  readonly source: Source;
  /** Maps, lists and scalars. Belongs to the reader, who may change it. */
  readonly value: unknown;
  /** `broken` if its values are not known, and why is reported already. */
  readonly state: 'readable' | 'empty' | 'broken';
  /** The offset of a value, or of the nearest value around it if it was left out. */
  offset(path: Path): number;
  /** The offset of the key that a value has. */
  keyOffset(path: Path): number;
  /** What is written there, for messages: `"yes"`, `the text "5"`, `a map`. */
  describe(path: Path): string;
  /** The characters of a scalar that was written without quotes, so that its type is for the schema to say. */
  plainText(path: Path): string | undefined;
}

/** No part of any format is deeper. */
const MAX_DEPTH = 8;

/** A JavaScript value as a document. It has no lines. */
export function createValueDocument(input: unknown, source: Source = { rank: 0 }): SourceDocument {
  const value = copyPlain(input, 0);
  return {
    source,
    value,
    state: 'readable',
    offset: () => 0,
    keyOffset: () => 0,
    describe: (path) => describeValue(getAt(value, path)),
    plainText: () => undefined,
  };
}

/** The value of a body as a document. */
export function createBodyDocument({ value }: BodyValue, source: Source): SourceDocument {
  const document = createValueDocument(value, source);
  const plainText = (path: Path): string | undefined => {
    const scalar = getAt(document.value, path);
    return typeof scalar === 'number' || typeof scalar === 'boolean' ? String(scalar) : undefined;
  };
  return { ...document, plainText };
}

/** A document that could not be read. */
export function createBrokenDocument(source: Source): SourceDocument {
  return { ...createValueDocument(undefined, source), state: 'broken' };
}

/** Plain digits only: no octal, hexadecimal, exponent or separator makes a number. */
export const PLAIN_NUMBER = /^(?:0|[1-9][0-9]*)$/;

/** The value at a path; undefined if there is none. */
export function getAt(value: unknown, path: Path): unknown {
  let at = value;
  for (const step of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Readonly<Record<string | number, unknown>>)[step];
  }
  return at;
}

/**
 * A copy of maps and lists, in which `undefined` counts as left out. Any other object becomes a symbol, which no schema accepts: to zod
 * a `Map` would be a map without keys.
 */
function copyPlain(value: unknown, depth: number): unknown {
  // Adding 0 turns -0 into 0.
  if (typeof value === 'number') return value + 0;
  if (typeof value !== 'object' || value === null) return value;
  if (depth > MAX_DEPTH) return Symbol('something nested too deeply');
  if (Array.isArray(value)) return value.map((item: unknown) => copyPlain(item, depth + 1));
  // The tag, not the prototype: a test framework's objects come from another realm.
  if (Object.prototype.toString.call(value) !== '[object Object]') return Symbol('a JavaScript object');
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, copyPlain(item, depth + 1)]));
}

function describeValue(value: unknown): string {
  if (typeof value === 'string') return `the text ${quote(value)}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `the number ${String(value)}`;
  if (typeof value === 'boolean' || value === null) return String(value);
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'a map';
  return (typeof value === 'symbol' ? value.description : undefined) ?? `a JavaScript ${typeof value}`;
}
