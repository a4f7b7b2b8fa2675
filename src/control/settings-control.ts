/** The settings of a world as a tester sees and changes them: the key is masked. */
import { checkRecord } from './check-arguments.ts';
import { validateSettingsPatch } from '../loader/validate-input.ts';
import type { BodyValue } from '../loader/body-value.ts';
import type { SettingsPatch } from '../loader/schema.ts';
import type { Settings } from '../mor/model.ts';
import { mask } from './record-control.ts';
import type { StateStore } from '../world/store.ts';

/** Settings as shown: the key masked, and the id the next DID gets. */
export interface SettingsView extends Settings {
  /** The id the next DID gets. */
  readonly next_did_id: number;
}

export function settingsView({ settings, nextDidId }: StateStore): SettingsView {
  return { ...settings, api_secret_key: mask(settings.api_secret_key), next_did_id: nextDidId };
}

/** @throws MockMorError `RECORD_INVALID`, and nothing changed */
export function patchSettings(store: StateStore, patch: string | SettingsPatch | BodyValue): SettingsView {
  checkRecord(patch, 'a change of settings', '{ allow_get_api: true }');
  const { next_did_id, ...settings } = validateSettingsPatch(patch, store);
  store.patchSettings(settings, next_did_id);
  return settingsView(store);
}
