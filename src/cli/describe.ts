import { descriptionText } from '../control/descriptions.ts';

/** Prints a description of MOR's API. @throws MockMorError `OPTION_INVALID` for a name there is none of */
export function describe(what: string): number {
  process.stdout.write(descriptionText(what));
  return 0;
}
