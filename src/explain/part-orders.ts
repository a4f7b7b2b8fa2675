/** Which parts a client may have hashed, and in which order. */
import { KEY, MAX_TRIED_LENGTH, type HashPart, type Param, type Variant } from './hash-variants.ts';

/** How many other parameters are tried as an extra or in place of another. */
const MAX_EXTRAS = 8;

/** Up to so many parts, every order of them is tried. */
const MAX_PERMUTED = 5;

/** Which parts, and in which order: other orders; a part missing or doubled; other parameters as well or instead. */
export function partOrders(params: readonly Param[], otherParams: readonly Param[]): readonly Variant<readonly HashPart[]>[] {
  const rule: readonly HashPart[] = [...params, KEY];
  const extras = otherParams.filter(({ text }) => text.length <= MAX_TRIED_LENGTH).slice(0, MAX_EXTRAS);
  const orders: readonly (readonly HashPart[])[] = [
    rule,
    ...ordersFor(rule),
    ...rule.flatMap((part) => ordersFor(rule.filter((other) => other !== part))),
    ...rule.map((part) => [part]),
    ...rule.map((part, index) => rule.toSpliced(index, 0, part)),
    [KEY, ...rule],
    ...extras.flatMap((extra) => [...rule, KEY].map((_, index) => rule.toSpliced(index, 0, extra))),
    ...extras.flatMap((extra) => params.map((param) => rule.map((part) => (part === param ? extra : part)))),
    ...extras.flatMap((extra) => [[extra, KEY], [KEY, extra], [extra]]),
  ];
  const pairs = extras.flatMap((first) => extras.filter((other) => other !== first).map((second) => [first, second, KEY]));
  return [
    ...orders.map((parts) => ({ value: parts, reason: describeParts(parts, rule) })),
    ...pairs.map((parts) => ({ value: parts, reason: describeParts(parts, rule), isRare: true as const })),
  ];
}

/**
 * All orders of a few parts; of many only the likely ones: backwards, the last part first, by name, two neighbours
 * swapped.
 */
function ordersFor(parts: readonly HashPart[]): readonly (readonly HashPart[])[] {
  if (parts.length <= MAX_PERMUTED) return permutations(parts);
  const byName = parts.toSorted((a, b) => (a === KEY ? 1 : b === KEY ? -1 : a.name < b.name ? -1 : 1));
  const swapped = parts.slice(1).map((part, index) => parts.toSpliced(index, 2, part, parts[index] ?? part));
  return [parts, parts.toReversed(), [...parts.slice(-1), ...parts.slice(0, -1)], byName, ...swapped];
}

function permutations(parts: readonly HashPart[]): readonly (readonly HashPart[])[] {
  if (parts.length < 2) return [parts];
  return parts.flatMap((first) => permutations(parts.filter((part) => part !== first)).map((rest) => [first, ...rest]));
}

/** What is wrong with some parts, compared with those of the rule. */
function describeParts(parts: readonly HashPart[], rule: readonly HashPart[]): string {
  const present = [...new Set(parts)].filter((part) => rule.includes(part));
  return [
    ...rule.filter((part) => !parts.includes(part)).map((part) => `${formatPart(part)} is missing`),
    ...rule.filter((part) => parts.filter((other) => other === part).length > 1).map((part) => `${formatPart(part)} is in it twice`),
    ...new Set(parts.filter((part) => !rule.includes(part)).map((part) => `${formatPart(part)} takes no part`)),
    ...describeOrder(present, rule),
  ].join('; ');
}

function formatPart(part: HashPart): string {
  return part === KEY ? 'the key' : part.name;
}

function describeOrder(present: readonly HashPart[], rule: readonly HashPart[]): readonly string[] {
  const isInOrder = (parts: readonly HashPart[]): boolean =>
    parts.every((part, i) => i === 0 || rule.indexOf(part) > rule.indexOf(parts[i - 1] as HashPart));
  if (isInOrder(present)) return [];
  const params = present.filter((part) => part !== KEY);
  if (isInOrder(params)) return ['the key comes last'];
  const listed = present.at(-1) === KEY || params.length === present.length ? rule.filter((part) => part !== KEY) : rule;
  return [`the order is ${listed.map(formatPart).join(', then ')}`];
}
