/** Why a call was refused, in one line: for a log, where nobody reads a whole trace. */
import { truncate } from '../log.ts';
import { MOR_ERRORS } from '../mor/errors.ts';
import type { Trace } from './trace.ts';

const MAX_LENGTH = 500;

/** Parameters that a call merely does not know seldom are the reason. */
const IS_ASIDE = /^\w+ does not read .*\.$/s;

/** What stands out about how a call was sent, then the check that failed and what would pass; undefined for a success. */
export function findReason({ notes = [], steps, hash }: Trace): string | undefined {
  const failed = steps.find(({ state }) => state === 'failed');
  const note = notes.find((text) => !IS_ASIDE.test(text));
  if (failed === undefined) return steps.length === 0 ? note : undefined;
  const isHash = failed.error === MOR_ERRORS.hashIncorrect.text && hash !== undefined;
  const cause = isHash ? hash : `${failed.actual}; fix: ${failed.fix ?? failed.check}`;
  return truncate([note, cause].filter((text) => text !== undefined).join(' '), MAX_LENGTH);
}
