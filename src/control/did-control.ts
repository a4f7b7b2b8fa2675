/** One DID of a world as a tester sees it: looked up, put there and taken away. */
import { checkId, checkRecord } from './check-arguments.ts';
import { validateDid } from '../loader/validate-input.ts';
import type { BodyValue } from '../loader/body-value.ts';
import type { DidInput } from '../loader/schema.ts';
import type { Did } from '../mor/model.ts';
import { quote } from '../mor/quote.ts';
import { MAX_NAMED_IDS, notFound } from './not-found.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import type { StateStore } from '../world/store.ts';
import { didView, type DidView } from './did-view.ts';

/** @throws MockMorError `NOT_FOUND` */
export function didWithId(store: StateStore, id: number): DidView {
  checkId(id, "mor.did(1), or mor.didNumbered('37060000001') for a number");
  const did = Number.isSafeInteger(id) ? store.findDidById(id) : undefined;
  if (did === undefined) throw notFound(`no DID has the id ${String(id)}`, listFirstIds(store), store.counts.dids);
  return didView(did, store);
}

/** Enough ids to name in an error: there may be a million. */
function listFirstIds(store: StateStore): readonly number[] {
  return store.pageDids({}, 0, MAX_NAMED_IDS).map(({ id }) => id);
}

/** The DID of exactly this number. @throws MockMorError `NOT_FOUND`, and `OPTION_INVALID` if the number is not a string */
export function didWithNumber(store: StateStore, number: string): DidView {
  if (typeof (number as unknown) !== 'string') throw invalidOption('a DID is text, for leading zeros matter: write it in quotes');
  const did = store.findDidByNumber(number);
  if (did === undefined) throw new MockMorError('NOT_FOUND', `no DID has the number ${quote(number)}`);
  return didView(did, store);
}

/** Puts a DID there without the vendor's checks. @throws MockMorError `DID_EXISTS`, `RECORD_INVALID` */
export function putDid(store: StateStore, row: string | DidInput | BodyValue): DidView {
  checkRecord(row, 'a DID', "{ did: '37060000001', provider_id: 1 }");
  const { id = store.nextDidId, ...rest } = validateDid(row, store);
  const twin = store.findDidByNumber(rest.did) ?? store.findDidById(id);
  if (twin !== undefined) {
    throw new MockMorError(
      'DID_EXISTS',
      `the DID ${quote(twin.did)} with the id ${String(twin.id)} exists; delete it first or put another`,
    );
  }
  const did: Did = { id, ...rest };
  store.apply({ kind: 'did.add', did }, 'tester');
  return didView(did, store);
}

/** @throws MockMorError `NOT_FOUND` */
export function deleteDid(store: StateStore, id: number): DidView {
  const view = didWithId(store, id);
  store.apply({ kind: 'did.remove', id }, 'tester');
  return view;
}
