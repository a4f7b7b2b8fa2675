/** Which requests of the journal have a text in them, or had to do with a DID. */
import { findCall } from '../mor/calls/index.ts';
import { idIn, trimmed } from '../mor/params.ts';
import { sentText, type JournalEntry } from '../world/journal.ts';
import type { World } from '../world/world.ts';
import { getReason } from './request-row.ts';
import { requestSecrets } from './request-secrets.ts';
import { requestView, type RequestView } from './request-view.ts';

/** Whether a text is in what is shown of a request, ignoring case: secrets are masked before, so that no search can find one out. */
export function hasText(entry: JournalEntry, text: string, world: World): boolean {
  const view = requestView(entry, world);
  const reason = getReason(entry, requestSecrets(entry, world.store));
  return searchedTexts(view, reason).join('\n').toLowerCase().includes(text.toLowerCase());
}

function searchedTexts(
  { path, call, method, caller, params, headers, answer, outcome, fault }: RequestView,
  reason = '',
): readonly string[] {
  return [
    `${method} ${path}`,
    call,
    caller?.username ?? '',
    ...params.map(({ name, value }) => `${name}=${value ?? ''}`),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    answer?.body ?? '',
    outcome ?? '',
    fault ?? '',
    reason,
  ];
}

/** Makes the test whether a request named the DID of an id, by this id or by its number, or changed it. */
export function createTouchTest(id: number, { store }: World): (entry: JournalEntry) => boolean {
  const number = Number.isSafeInteger(id) ? store.findDidById(id)?.did : undefined;
  return (entry) => {
    if (entry.changedDids.includes(id)) return true;
    const naming = (findCall(entry.call)?.params ?? []).filter(({ names }) => names === 'didId' || names === 'didNumber');
    if (naming.length === 0) return false;
    const params = entry.sent?.params();
    return naming.some(({ name, names }) => {
      const text = sentText(entry, name, params);
      if (text === undefined) return false;
      return names === 'didId' ? idIn(text) === id : trimmed(text) === number;
    });
  };
}
