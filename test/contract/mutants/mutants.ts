/** Mocks that break one rule each: what the cases must catch. */
import { ANSWER_MUTANTS } from './answer-mutants.ts';
import { CHECK_MUTANTS } from './check-mutants.ts';
import { DID_CLOSE_MUTANTS } from './did-close-mutants.ts';
import { DID_DETAILS_UPDATE_MUTANTS } from './did-details-update-mutants.ts';
import { DID_DEVICE_MUTANTS } from './did-device-mutants.ts';
import { DIDS_GET_MUTANTS } from './dids-get-mutants.ts';
import { DID_STATUS_MUTANTS } from './did-status-mutants.ts';
import { CUSTOMER_MUTANTS } from './customer-mutants.ts';
import { DEVICE_MUTANTS } from './device-mutants.ts';
import { DEVICES_GET_MUTANTS } from './devices-get-mutants.ts';
import { HASH_MUTANTS } from './hash-mutants.ts';
import type { Mutant } from './mutant.ts';
import { PROVIDERS_GET_MUTANTS } from './providers-get-mutants.ts';
import { USER_REGISTER_MUTANTS } from './user-register-mutants.ts';
import { REQUEST_MUTANTS } from './request-mutants.ts';

/** Mutants of another call than did_create. */
const inCall = (call: string, mutants: readonly Mutant[]): readonly Mutant[] => mutants.map((mutant) => ({ ...mutant, call }));

/** All of them; each rule has one at least. */
export const MUTANTS: readonly Mutant[] = [
  ...REQUEST_MUTANTS,
  ...HASH_MUTANTS,
  ...CHECK_MUTANTS,
  ...ANSWER_MUTANTS,
  ...inCall('did_close', DID_CLOSE_MUTANTS),
  ...DID_STATUS_MUTANTS,
  ...DID_DETAILS_UPDATE_MUTANTS,
  ...DID_DEVICE_MUTANTS,
  ...inCall('dids_get', DIDS_GET_MUTANTS),
  ...inCall('devices_get', DEVICES_GET_MUTANTS),
  ...inCall('providers_get', PROVIDERS_GET_MUTANTS),
  ...CUSTOMER_MUTANTS,
  ...USER_REGISTER_MUTANTS,
  ...DEVICE_MUTANTS,
];
