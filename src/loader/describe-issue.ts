/** The words for what a schema refuses. */
import { z } from 'zod';
import { quote } from '../mor/quote.ts';
import { didYouMean } from '../near-miss.ts';

/** The other kinds that a record could have been of. */
const SIBLINGS = new WeakMap<object, readonly z.ZodObject[]>();

/** Registers the kinds that a record can be of, each with a title, so that a key of another kind is reported as such. Gives them back. */
export function registerKinds<Kinds extends readonly z.ZodObject[]>(...options: Kinds): Kinds {
  for (const option of options) SIBLINGS.set(option, options);
  return options;
}

type RawIssue = z.core.$ZodRawIssue;

/**
 * What a value must be: `must be true or false`. For unknown keys a line each. Empty for a union, whose options have their own words. To be
 * given to zod as `error`; a message in the schema itself goes first.
 */
export function describeIssue(issue: RawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${describeType(issue)}`;
    case 'invalid_value':
      return `must be ${describeChoice((issue as { readonly values: readonly unknown[] }).values)}`;
    case 'invalid_union': {
      const { options } = issue as { readonly options?: readonly unknown[] };
      return options === undefined ? '' : `must be ${describeChoice(options)}`;
    }
    case 'unrecognized_keys':
      return (issue as { readonly keys: readonly string[] }).keys.map((key) => describeKey(key, issue.inst)).join('\n');
    default:
      return 'is not allowed';
  }
}

function describeType({ inst, expected }: RawIssue): string {
  switch (expected) {
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'number':
    case 'int': {
      const min = inst instanceof z.ZodNumber ? inst.minValue : null;
      const limit = min === null || min < 0 ? '' : ` of at least ${String(min)}`;
      return `a whole number${limit} in plain digits`;
    }
    default:
      return 'a map';
  }
}

function describeChoice(values: readonly unknown[]): string {
  const [first] = values;
  return values.length === 1 ? quote(String(first)) : `one of ${values.join(', ')}`;
}

function describeKey(key: string, schema: unknown): string {
  if (!(schema instanceof z.ZodObject)) return `unknown key ${quote(key)}.`;
  const owners = (SIBLINGS.get(schema) ?? []).filter(({ shape }) => Object.hasOwn(shape, key)).map(getTitle);
  if (owners.length > 0) return `${quote(key)} is only for ${owners.join(' or ')}; this is ${getTitle(schema)}.`;
  const known = Object.keys(schema.shape);
  return `unknown key ${quote(key)}. Allowed: ${known.join(', ')}.${suggestKey(key, known)}`;
}

function getTitle(schema: z.ZodObject): string {
  return schema.meta()?.title ?? 'another kind';
}

function suggestKey(key: string, known: readonly string[]): string {
  if (key === '<<') return ' Merge keys are not supported; an alias (*name) is.';
  return suggestBlank(key, known) || didYouMean(key, known);
}

/** A hint if text is a key, a colon and something else: ` A blank is missing behind the colon: write "id: …".` */
export function suggestBlank(text: string, known?: readonly string[]): string {
  const key = /^([A-Za-z_][\w-]*) ?:[^\s/]/.exec(text)?.[1];
  const isKnown = key !== undefined && known?.includes(key) !== false;
  return isKnown ? ` A blank is missing behind the colon: write "${key}: …".` : '';
}
