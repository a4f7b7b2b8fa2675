/** Which DID a call names, and what the caller sees of it. Source: the vendor's pages of each call; the wiki on DID statuses. */
import { check, type Words } from '../check.ts';
import type { Did, DidStatus, User, UserList } from '../model.ts';
import { idIn, getString } from '../params.ts';
import type { MorState } from '../state.ts';
import { isAdministrator, mayUseApi, type CallerFacts } from './caller.ts';

/** What the checks of an existing DID read. */
export interface DidFacts extends CallerFacts {
  /** The parameter that names it. */
  readonly didParam: string;
  /** The DID that the caller named and may see; undefined if there is none. */
  readonly did: Did | undefined;
}

/** Whether a DID is in the caller's list: a reseller's own, everyone else's are all. */
export function isVisibleTo(caller: User | undefined, did: Did): boolean {
  return caller?.type !== 'reseller' || did.reseller_id === caller.id;
}

/** The status that a caller sees: to the administrator a reseller's free DID is reserved. */
export function getStatusFor(caller: User | undefined, { status, reseller_id }: Did, users: UserList): DidStatus {
  return status === 'free' && caller?.type !== 'reseller' && !isAdministrator(reseller_id, users) ? 'reserved' : status;
}

/** Looks up the DID whose id a parameter names. */
export function findNamedDid(didParam: string, { params, caller }: CallerFacts, state: MorState): Pick<DidFacts, 'didParam' | 'did'> {
  const id = idIn(getString(params, didParam) ?? '');
  const did = id === undefined ? undefined : state.findDidById(id);
  return { didParam, did: did !== undefined && isVisibleTo(caller, did) ? did : undefined };
}

/** Whether a device answers the DID. An active one without a dial plan has one, even if the fixtures do not show it. */
export function hasDevice({ status, device_id, dial_plan_id }: Did): boolean {
  return device_id !== undefined || (status === 'active' && dial_plan_id === undefined);
}

/** A DID in words: `DID 6501 ("370"), active`. */
export function formatDid({ id, did, status }: Did, words: Words): string {
  return `DID ${String(id)} (${words.quote(did)}), ${status}`;
}

/** The DID exists, and the caller may see it. */
export const didIsFound = check<DidFacts>({
  requires: ({ did }) => did !== undefined,
  orElse: 'didNotFound',
  statement: ({ didParam, caller }) => `${didParam} is the id of a DID${caller?.type === 'reseller' ? " of the caller's" : ''}`,
  actual: ({ did, didParam }, words) => (did === undefined ? words.param(didParam) : formatDid(did, words)),
  fix: ({ didParam, caller }, words) =>
    `send as ${didParam} the id of a DID${caller?.type === 'reseller' ? ' that belongs to the caller' : ''}${words.rehash()}`,
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});

/** A device answers the DID. */
export const didHasDevice = check<DidFacts>({
  requires: ({ did }) => did !== undefined && hasDevice(did),
  orElse: 'didWithoutDevice',
  statement: 'a device answers the DID',
  actual: ({ did }) => {
    if (did === undefined) return 'no DID was found';
    if (did.device_id !== undefined) return `device ${String(did.device_id)} answers it`;
    return hasDevice(did) ? 'a device answers it that the fixtures do not show: it is active' : `it has no device and is ${did.status}`;
  },
  fix: () => 'assign a device to it first',
  isUndetermined: ({ did }) => did === undefined,
});

/** No dial plan answers the DID. */
export const didIsInNoDialPlan = check<Pick<DidFacts, 'did'>>({
  requires: ({ did }) => did !== undefined && did.dial_plan_id === undefined,
  orElse: 'didInDialPlan',
  statement: 'the DID is in no dial plan',
  actual: ({ did }) => {
    if (did === undefined) return 'no DID was found';
    return did.dial_plan_id === undefined ? 'it is in none' : `it is in dial plan ${String(did.dial_plan_id)}`;
  },
  fix: () => 'a DID that a device answers',
  isUndetermined: ({ did }) => did === undefined,
});
