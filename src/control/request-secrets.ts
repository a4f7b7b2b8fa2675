/** What may not be shown of a request: the keys of its world, and what it sent itself under secret names. */
import { listSecretKeys, listUniquehashes } from '../mor/in-words.ts';
import { knownSecrets, secretValues, type KnownSecrets } from '../mor/redact.ts';
import type { MorState } from '../mor/state.ts';
import type { JournalEntry, ReceivedParam } from '../world/journal.ts';
import { headerSecrets } from './request-headers.ts';

type Keyholder = Pick<MorState, 'settings' | 'users'>;

let newest: { readonly world: Keyholder; readonly secrets: KnownSecrets } | undefined;

/** The keys of a world. */
export function worldSecrets({ settings, users }: Keyholder): KnownSecrets {
  // One request after the other asks for those of the same world.
  if (newest?.world.settings !== settings || newest.world.users !== users) {
    newest = { world: { settings, users }, secrets: knownSecrets(keyTexts({ settings, users })) };
  }
  return newest.secrets;
}

/** Whether a key of a world is in a text. */
export function holdsKey(text: string, world: Keyholder): boolean {
  return worldSecrets(world).keys.some((pattern) => text.search(pattern) >= 0);
}

function keyTexts(world: Keyholder): readonly string[] {
  return [...listSecretKeys(world), ...listUniquehashes(world)].map(({ text }) => text);
}

/** The keys of now and of when it was decided, for a key that was changed since is still a key, and what the request sent under secret names. */
export function requestSecrets({ decision, sent, headers }: JournalEntry, now: Keyholder): KnownSecrets {
  const then = decision?.facts;
  const isAsThen = then === undefined || (then.settings === now.settings && then.users === now.users);
  const values = [...sentSecrets(sent?.list() ?? []), ...headerSecrets(headers)];
  if (isAsThen && values.length === 0) return worldSecrets(now);
  return knownSecrets([...keyTexts(now), ...(isAsThen ? [] : keyTexts(then))], values);
}

/** The values that parameters hold as passwords, hashes and the like. */
export function sentSecrets(received: readonly ReceivedParam[]): readonly string[] {
  return secretValues(received.map(({ name, value }) => [name, value] as const));
}
