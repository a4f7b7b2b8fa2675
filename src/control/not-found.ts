import { MockMorError } from '../problems.ts';

/** How many ids an error names. */
export const MAX_NAMED_IDS = 10;

/**
 * The error for an id that nothing has. `known` are the ids that there are, or the first of them, and `count` is how many there are.
 * Default: as many as are known.
 */
export function notFound(message: string, known: readonly number[], count = known.length): MockMorError {
  const named = known.slice(0, MAX_NAMED_IDS);
  const more = count > named.length ? ` and ${String(count - named.length)} more` : '';
  return new MockMorError('NOT_FOUND', `${message}; ${count === 0 ? 'there is none' : `there are: ${named.join(', ')}${more}`}`);
}
