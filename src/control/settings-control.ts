/** The settings of a world as a tester sees and changes them, and its users as he sees them: where keys are, they are masked. */
import { checkSettingsPatch } from '../fixtures/check-input.ts';
import type { SettingsPatch } from '../fixtures/schema.ts';
import { MASKED_KEY } from '../mor/in-words.ts';
import type { Settings, User } from '../mor/model.ts';
import { copyData } from '../world/copy-data.ts';
import type { StateStore } from '../world/store.ts';

/** Settings as shown: the key masked, and the id the next DID gets. */
export type SettingsView = Settings & { readonly next_did_id: number };

export function settingsView({ settings, nextDidId }: StateStore): SettingsView {
  return { ...settings, api_secret_key: maskedKey(settings.api_secret_key), next_did_id: nextDidId };
}

/** @throws MockMorError `RECORD_INVALID`, and nothing changed */
export function patchSettings(store: StateStore, patch: string | SettingsPatch, syntax?: 'yaml' | 'json'): SettingsView {
  const { next_did_id, ...settings } = checkSettingsPatch(patch, store, syntax);
  store.patchSettings(settings, next_did_id);
  return settingsView(store);
}

/** The users, their keys masked. */
export function userViews({ users }: StateStore): readonly User[] {
  return copyData(users).map((user) => (user.type === 'reseller' ? { ...user, api_secret_key: maskedKey(user.api_secret_key) } : user));
}

function maskedKey(key: string): string {
  return key === '' ? '' : MASKED_KEY;
}
