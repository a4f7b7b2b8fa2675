import { quote } from './mor/quote.ts';
import { quoteName } from './mor/redact.ts';

const MAX_LENGTH = 60;

/** The allowed word that was probably meant, if one is near: at most a third of its letters differ, and no more than `maxEdits`. Two swapped letters count as one. */
export function nearMiss(word: string, allowed: readonly string[], maxEdits = Infinity): string | undefined {
  // Long texts are no slips of the pen, and a distance costs the product of both lengths.
  if (word.length > MAX_LENGTH) return undefined;
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const candidate of allowed) {
    const edits = Math.abs(word.length - candidate.length) < fewest ? countEdits(word, candidate) : Infinity;
    if (edits < fewest) [nearest, fewest] = [candidate, edits];
  }
  return nearest !== undefined && fewest <= Math.min(maxEdits, Math.max(1, Math.floor(nearest.length / 3))) ? nearest : undefined;
}

/**
 * How many edits make one text of the other: a character more, fewer or another, or two neighbours swapped, each counted once
 * (optimal string alignment).
 */
function countEdits(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let edits = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) edits = Math.min(edits, (beforeLast[j - 2] ?? 0) + 1);
      row.push(edits);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}

/** ` Did you mean "x"?`, with its blank in front, or nothing. */
export function didYouMean(word: string, allowed: readonly string[]): string {
  const meant = nearMiss(word, allowed);
  return meant === undefined ? '' : ` Did you mean ${quote(meant)}?`;
}

/** Says which of some names is not known, and what is; undefined where all are. */
export function unknownName(kind: string, names: readonly string[], allowed: readonly string[]): string | undefined {
  const unknown = names.find((name) => !allowed.includes(name));
  return unknown === undefined
    ? undefined
    : `unknown ${kind} ${quoteName(unknown)}.${didYouMean(unknown, allowed)} ${allowed.length === 0 ? 'None is allowed.' : `Allowed: ${allowed.join(', ')}.`}`;
}
