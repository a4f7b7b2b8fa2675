/** The saved run that is open in this tab, if one is. */
import type { SavedRun } from './answers.ts';
import { readRun } from './saved-run.ts';
import { createSignal } from './signal.ts';

/** A saved run, and the file that it came from. */
export interface OpenRun {
  readonly name: string;
  readonly run: SavedRun;
}

/** The run that the page shows instead of the server; null shows the server. */
export const openRun = createSignal<OpenRun | null>(null);

/** What the run answers to a GET; undefined for what it does not have. */
export function answerFromRun({ run }: OpenRun, path: string, query: Readonly<Record<string, unknown>>): unknown {
  return readRun(run, path, query);
}
