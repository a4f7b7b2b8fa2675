import { closest, distance } from 'fastest-levenshtein';
import { quote } from './mor/quote.ts';
import { quoteName } from './mor/redact.ts';

const LONGEST = 60;

/** The allowed word that was probably meant, if one is near: at most a third of its letters differ. */
export function nearMiss(word: string, allowed: readonly string[]): string | undefined {
  // Long texts are no slips of the pen, and a distance costs the product of both lengths.
  if (allowed.length === 0 || word.length > LONGEST) return undefined;
  const nearest = closest(word, allowed);
  return distance(word, nearest) <= Math.max(1, Math.floor(nearest.length / 3)) ? nearest : undefined;
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
