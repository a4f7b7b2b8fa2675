/** The settings of a world as a tester sees and changes them: the key is masked. */
import { checkRecord } from './check-arguments.ts';
import { validateSettingsPatch } from '../loader/validate-input.ts';
import type { BodyValue } from '../loader/body-value.ts';
import type { SettingsPatch } from '../loader/schema.ts';
import type { Settings } from '../mor/model.ts';
import { mask } from './record-control.ts';
import type { StateStore } from '../world/store.ts';

/** Settings as shown: the key masked, and the ids that the next DID, user and device get. */
export type SettingsView = Settings & { readonly next_did_id: number; readonly next_user_id: number; readonly next_device_id: number };

export function settingsView({ settings, nextDidId, nextUserId, nextDeviceId }: StateStore): SettingsView {
  const nextIds = { next_did_id: nextDidId, next_user_id: nextUserId, next_device_id: nextDeviceId };
  return { ...settings, api_secret_key: mask(settings.api_secret_key), ...nextIds };
}

/** @throws MockMorError `RECORD_INVALID`, and nothing changed */
export function patchSettings(store: StateStore, patch: string | SettingsPatch | BodyValue): SettingsView {
  checkRecord(patch, 'a change of settings', '{ allow_get_api: true }');
  const { next_did_id, next_user_id: nextUserId, next_device_id: nextDeviceId, ...settings } = validateSettingsPatch(patch, store);
  store.patchSettings(settings, next_did_id);
  store.setNextIds({ nextUserId, nextDeviceId });
  return settingsView(store);
}
