import type { Did, Settings } from '../../src/mor/model.ts';
import { splitEntries, type DidAttributes, type DidEntry, type DidRange } from '../../src/world/did-range.ts';
import { FixtureState, type FixtureData } from '../../src/world/fixture-state.ts';

/** Settings as the fixtures' defaults are, with a key. */
export const SETTINGS: Settings = {
  allow_api: true,
  allow_get_api: false,
  api_secret_key: 'secret',
  disable_hash_checking: false,
  accept_hash_without_did: false,
  resellers_can_add_their_own_dids: true,
  response_type: 'xml',
  error_envelope: 'page',
  dialect: 'current',
  closed_did_days: 90,
  status_after_unassign: 'reserved',
  assign_needs_reservation: false,
  resellers_need_global_api: false,
  allow_api_registration: true,
  allow_short_passwords: false,
  allow_balance_over_http: true,
  max_did_length: 255,
};

/** What a DID has next to its number and id. */
export const ATTRIBUTES: DidAttributes = {
  provider_id: 1,
  reseller_id: 0,
  status: 'free',
  custom_sip_header: '',
  comment: '',
  reseller_comment: '',
};

/** A free DID of the administrator's. */
export const makeDid = (number: string, id: number): Did => ({ ...ATTRIBUTES, did: number, id });

/** A range of free DIDs of the administrator's, both ends included. */
export const makeRange = (firstNumber: string, lastNumber: string, firstId: number): DidRange => ({
  firstId,
  firstNumber,
  count: Number(BigInt(lastNumber) - BigInt(firstNumber)) + 1,
  attributes: ATTRIBUTES,
});

/** Fixtures with these DIDs and, unless it is given, nothing else. */
export function makeFixtures(entries: readonly DidEntry[] = [], more: Partial<FixtureData> = {}): FixtureState {
  return new FixtureState({
    settings: SETTINGS,
    users: [],
    providers: [],
    devices: [],
    dial_plans: [],
    ...splitEntries(entries),
    ...more,
  });
}
