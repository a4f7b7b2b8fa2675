import type { Did, Settings } from '../../src/mor/model.ts';

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
  max_did_length: 255,
};

/** What a DID is beside its number and id. */
export const TRAITS = { provider_id: 1, reseller_id: 0, status: 'free', custom_sip_header: '', comment: '', reseller_comment: '' } as const;

/** A free DID of the administrator's. */
export const didRecord = (number: string, id: number): Did => ({ ...TRAITS, did: number, id });
