/** Checks a document by a zod schema: every issue at once, each where it was written. */
import { z } from 'zod';
import { quote } from '../mor/quote.ts';
import { didYouMean } from '../near-miss.ts';
import { describeIssue, suggestBlank } from './describe-issue.ts';
import { joinPath, type IssueCollector } from './issues.ts';
import { getAt, PLAIN_NUMBER, type Path, type SourceDocument } from './source-document.ts';

/** What a schema makes of a document. */
export interface Applied {
  /** Complete, with defaults, if nothing is invalid; else only what is valid, without defaults. */
  readonly value: unknown;
  readonly invalid: readonly Path[];
}

/** One thing that is wrong with one value or key. */
interface Refusal {
  readonly path: Path;
  readonly message: string;
  /** Whether the key is wrong, and the message complete. Default: false. */
  readonly isOfKey?: boolean;
  /** The types that would do, as zod names them. */
  readonly types: readonly string[];
  /** The words that would do, if they are few. */
  readonly choices: readonly string[];
}

/** Applies a schema to a document. Every issue is added. */
export function applySchema(schema: z.ZodType, document: SourceDocument, issues: IssueCollector): Applied {
  if (document.state === 'broken') return { value: {}, invalid: [[]] };
  const root = { value: document.value };
  for (;;) {
    const { data, refusals } = check(schema, root.value);
    if (refusals.length === 0) return { value: data, invalid: [] };
    // Text without quotes is guessed to be a number, a switch or null if it looks so; that it is text only the schema knows.
    if (refusals.filter((refusal) => takeAsText(root, refusal, document)).length > 0) continue;
    for (const refusal of refusals) report(refusal, root.value, document, issues);
    for (const { path } of refusals) removeAt(root, path);
    return { value: root.value, invalid: refusals.map(({ path }) => path) };
  }
}

function check(schema: z.ZodType, value: unknown): { readonly data?: unknown; readonly refusals: readonly Refusal[] } {
  const unmatched: { readonly path: Path; readonly union: z.ZodDiscriminatedUnion }[] = [];
  const result = schema.safeParse(value, {
    error: (issue) => {
      const { code, inst, path = [] } = issue;
      const isUnmatched = code === 'invalid_union' && inst instanceof z.ZodDiscriminatedUnion;
      if (isUnmatched) unmatched.push({ path: path.slice(0, -1) as Path, union: inst });
      return describeIssue(issue);
    },
  });
  if (result.success) return { data: result.data, refusals: [] };
  const refusals = result.error.issues.flatMap((issue) => toRefusals(issue, []));
  for (const { path, union } of unmatched) refusals.push(...checkAsAnyKind(union, value, path));
  // Only the first of each value: an empty text, say, fits no pattern either.
  const isFirst = ({ path, isOfKey }: Refusal, i: number): boolean =>
    isOfKey === true || refusals[i - 1]?.path.join('\0') !== path.join('\0');
  return { refusals: refusals.filter(isFirst) };
}

/** Zod stops at a record of an unknown kind. The rest of it is checked by the fields of all kinds, none of which is missing. */
function checkAsAnyKind(union: z.ZodDiscriminatedUnion, value: unknown, path: Path): readonly Refusal[] {
  const schema = ANY_KINDS.get(union) ?? mergeKinds(union);
  ANY_KINDS.set(union, schema);
  return check(schema, getAt(value, path)).refusals.map((refusal) => ({
    ...refusal,
    path: [...path, ...refusal.path],
  }));
}

/** A schema takes longer to make than a record to check. */
const ANY_KINDS = new WeakMap<z.ZodDiscriminatedUnion, z.ZodType>();

function mergeKinds(union: z.ZodDiscriminatedUnion): z.ZodType {
  const shapes = (union.options as readonly z.ZodObject[]).map(({ shape }) => shape);
  const anyKind = z.strictObject(Object.assign({}, ...shapes) as z.ZodRawShape).partial();
  return anyKind.extend({ [union.def.discriminator]: z.unknown().optional() });
}

function toRefusals(issue: z.core.$ZodIssue, start: Path): Refusal[] {
  const { message } = issue;
  const path: Path = [...start, ...(issue.path as Path)];
  const refuse = (types: readonly string[] = [], choices: readonly unknown[] = []): Refusal[] => [
    { path, message, types, choices: choices.map(String) },
  ];
  const refuseKey = (of: Path, words: string): Refusal => ({
    path: of,
    message: words,
    isOfKey: true,
    types: [],
    choices: [],
  });
  switch (issue.code) {
    case 'invalid_type':
      return refuse([issue.expected]);
    case 'invalid_value':
      return refuse(issue.values.some((value) => typeof value === 'string') ? ['string'] : [], issue.values);
    case 'unrecognized_keys': {
      const messages = message.split('\n');
      return issue.keys.map((key, i) => refuseKey([...path, key], messages[i] ?? ''));
    }
    case 'invalid_key':
      return [refuseKey(path, `the key ${quote(String(path.at(-1)))} ${issue.issues[0]?.message ?? message}.`)];
    case 'invalid_union': {
      const { options } = issue as { readonly options?: readonly unknown[] };
      return issue.errors.length > 0 ? chooseOption(issue, path) : refuse(['string'], options);
    }
    default:
      return refuse();
  }
}

/** What the option says that was probably meant: the one that knows most of the keys, the first if several do. */
function chooseOption({ errors, message }: z.core.$ZodIssueInvalidUnion, path: Path): Refusal[] {
  const options = errors.map((option) => option.flatMap((issue) => toRefusals(issue, path)));
  const isOfOtherType = (option: readonly Refusal[]): boolean =>
    option.every((refusal) => refusal.path.length === path.length && refusal.types.length > 0);
  const unknownKeys = (option: readonly Refusal[]): number => option.filter(({ isOfKey }) => isOfKey).length;
  const meant = options.filter((option) => !isOfOtherType(option)).sort((a, b) => unknownKeys(a) - unknownKeys(b));
  if (meant[0] !== undefined) return meant[0];
  const all = options.flat();
  const wanted = [...new Set(all.map((refusal) => refusal.message.replace(/^must be /, '')))].join(', or ');
  const types = all.flatMap((refusal) => refusal.types);
  const choices = all.flatMap((refusal) => refusal.choices);
  return [{ path, message: message === '' ? `must be ${wanted}` : message, types, choices }];
}

/** Replaces a value by what it means to the schema: its characters for text, an empty list or map if nothing is written. */
function takeAsText(root: { value: unknown }, { path, types }: Refusal, document: SourceDocument): boolean {
  const current = getAt(root.value, path);
  const isGuess = typeof current === 'number' || typeof current === 'boolean' || current === null;
  const text = isGuess ? document.plainText(path) : undefined;
  if (text === undefined) return false;
  const empty = text !== '' ? undefined : types.includes('array') ? [] : types.includes('object') ? {} : undefined;
  if (empty === undefined && !types.includes('string')) return false;
  const [container, step] = findContainer(root, path);
  container[step] = empty ?? text;
  return true;
}

function report(refusal: Refusal, value: unknown, document: SourceDocument, issues: IssueCollector): void {
  const { path, message, isOfKey } = refusal;
  const { source } = document;
  if (isOfKey === true) {
    issues.add(source, document.keyOffset(path), joinPath(path.slice(0, -1)), message);
    return;
  }
  const actual = getAt(value, path);
  const isMissing = actual === undefined && path.length > 0;
  const words = isMissing
    ? `is missing; it ${message}.`
    : actual === ''
      ? `${message}.`
      : `${message}, not ${document.describe(path)}.${suggestFix(refusal, actual, document)}`;
  issues.add(source, document.offset(path), joinPath(path), words);
}

function suggestFix({ path, types, choices }: Refusal, actual: unknown, document: SourceDocument): string {
  const plainText = document.plainText(path);
  if (choices.length > 0) return didYouMean(plainText ?? (typeof actual === 'string' ? actual : ''), choices);
  if (types.includes('object')) return suggestBlank(plainText ?? '');
  if (typeof actual === 'string' && plainText === undefined) {
    const isNumber = types.includes('number') && PLAIN_NUMBER.test(actual);
    const isSwitch = types.includes('boolean') && /^(?:true|false)$/.test(actual);
    return isNumber || isSwitch ? ' Write it without quotes.' : '';
  }
  const isNumber = typeof actual === 'number' || typeof actual === 'bigint';
  const isText = types.length > 0 && types.every((type) => type === 'string');
  return isText && isNumber ? ' Write it in quotes, so that every digit stays.' : '';
}

type Container = Record<string | number, unknown>;

/** The map or list that a value is in, and its key there. */
function findContainer(root: { value: unknown }, path: Path): readonly [Container, string | number] {
  const way: Path = ['value', ...path];
  return [getAt(root, way.slice(0, -1)) as Container, way.at(-1) ?? ''];
}

/** Removes a value. In a list its place stays, so that the paths of the others are still right. */
function removeAt(root: { value: unknown }, path: Path): void {
  const [container, step] = findContainer(root, path);
  if (Array.isArray(container)) container[step as number] = undefined;
  else if ((container as unknown) !== undefined) Reflect.deleteProperty(container, step);
}
