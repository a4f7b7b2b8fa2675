/** Which DID a call names by its number. Source: the vendor's pages of the device calls, and older revisions of them. */
import { check } from '../check.ts';
import type { Did, User, UserList } from '../model.ts';
import { getString, trimmed } from '../params.ts';
import type { MorState } from '../state.ts';
import { isAdministrator, mayUseApi, type CallerFacts } from './caller.ts';
import { formatDid } from './did.ts';

/** What the checks of a DID that is named by its number read. */
export interface DidNumberFacts extends CallerFacts {
  /** The number without the white space around it; empty if it was not sent or is not a string. */
  readonly number: string;
  /** The DID of this number, of any owner. */
  readonly did: Did | undefined;
}

/** Looks up the DID whose number `did` is. */
export function findNumberedDid({ params }: CallerFacts, state: MorState): Pick<DidNumberFacts, 'number' | 'did'> {
  const number = trimmed(getString(params, 'did') ?? '');
  return { number, did: number === '' ? undefined : state.findDidByNumber(number) };
}

/** Whether a DID is in the caller's own stock: an admin does not own the DIDs of resellers. */
function ownsDid(caller: User | undefined, did: Did, users: UserList): boolean {
  return caller?.type === 'reseller' ? did.reseller_id === caller.id : isAdministrator(did.reseller_id, users);
}

/** A DID has this number. */
export const numberIsFound = check<DidNumberFacts>({
  requires: ({ did }) => did !== undefined,
  orElse: 'didNotFound',
  statement: 'a DID has this number',
  actual: ({ did }, words) => (did === undefined ? words.param('did') : formatDid(did, words)),
  fix: (_, words) => `send as did the number of a DID${words.rehash()}`,
});

/** The same, in calls whose older servers have another text, the same for every number. */
export const numberIsFoundOrInvalid = check<DidNumberFacts>({
  ...numberIsFound,
  orElseInLegacy: { errors: ['didInvalid'], pick: () => 'didInvalid' },
});

/** The same, in calls whose older servers look at the number first. */
export const numberIsFoundOrDoesNotExist = check<DidNumberFacts>({
  ...numberIsFound,
  orElseInLegacy: {
    errors: ['didInvalid', 'didDoesNotExist'],
    pick: ({ number }) => (/^[0-9]+$/.test(number) ? 'didDoesNotExist' : 'didInvalid'),
  },
});

/** The DID is the caller's own. */
export const didIsForCaller = check<DidNumberFacts>({
  requires: ({ caller, did, users }) => did !== undefined && ownsDid(caller, did, users),
  orElse: 'didNotYours',
  statement: "the DID is the caller's",
  actual: ({ did }, words) => (did === undefined ? 'no DID was found' : `it belongs to ${words.owner(did.reseller_id)}`),
  fix: (_, words) => `a DID of the caller's${words.rehash()}`,
  isUndetermined: ({ caller, did }) => did === undefined || !mayUseApi(caller),
});

/** The DID has more than its history. */
export const didIsNotTerminated = check<DidNumberFacts>({
  requires: ({ did }) => did !== undefined && did.status !== 'terminated',
  orElse: 'didIsTerminated',
  statement: 'the DID is not terminated',
  actual: ({ did }) => (did === undefined ? 'no DID was found' : `it is ${did.status}`),
  fix: () => 'another DID, or did_make_free first',
  isUndetermined: ({ did }) => did === undefined,
});
