/** The DIDs of a world as a tester sees them: listed, filtered, paged, put there and taken away. */
import { checkId, checkRecord } from './check-arguments.ts';
import { checkOptions } from '../check-options.ts';
import { validateDid } from '../loader/validate-input.ts';
import type { BodyValue } from '../loader/body-value.ts';
import type { DidInput } from '../loader/schema.ts';
import { DID_STATUSES, type Did, type DidStatus } from '../mor/model.ts';
import { quote } from '../mor/quote.ts';
import { MAX_NAMED_IDS, notFound } from './not-found.ts';
import { invalidOption, MockMorError } from '../problems.ts';
import type { DidAttributes } from '../world/did-range.ts';
import type { EntryFilter } from '../world/list-dids.ts';
import type { StateStore } from '../world/store.ts';

/** A DID as the vendor's list shows it to the administrator: a reseller's free DID shows as `reserved`. */
export interface DidView extends Did {
  /** As MOR keeps it: `free` also for what shows as `reserved`. */
  readonly stored_status: DidStatus;
  /** True for what a call made, false for fixtures and for what the tester put there. */
  readonly created: boolean;
  /** True for what a call updated and no call made; a reset puts it back. */
  readonly changed: boolean;
}

/** Which DIDs are meant; every field that is given must fit. */
export interface DidFilter {
  /** The whole number, exactly. */
  readonly did?: string | undefined;
  readonly provider_id?: number | undefined;
  readonly reseller_id?: number | undefined;
  readonly user_id?: number | undefined;
  readonly device_id?: number | undefined;
  /** As shown: a reseller's free DID is `reserved`. */
  readonly status?: DidStatus | undefined;
  /** True: only what calls made; false: only the rest. */
  readonly created?: boolean | undefined;
  /** True: only what calls updated and no call made; false: only the rest. */
  readonly changed?: boolean | undefined;
}

/** A part of a list. */
export interface Page {
  /** Default: no limit. */
  readonly limit?: number | undefined;
  /** How many to pass over. Default: 0. */
  readonly offset?: number | undefined;
}

const FILTERS = {
  did: { type: 'anyString' },
  provider_id: { type: 'integer' },
  reseller_id: { type: 'integer' },
  user_id: { type: 'integer' },
  device_id: { type: 'integer' },
  status: { type: DID_STATUSES },
  created: { type: 'boolean' },
  changed: { type: 'boolean' },
} as const;

const FILTER_EXAMPLE = "{ did: '37060000001' }; mor.did(1) is one DID by its id";

const PAGE = { limit: { type: 'integer' }, offset: { type: 'integer' } } as const;

/** A part of the DIDs that a filter leaves, in the order of their ids. Only what is on the page is made; the rest is counted. */
export function didViews(store: StateStore, query: DidFilter & Page): readonly DidView[] {
  checkOptions(query, { ...FILTERS, ...PAGE }, 'filter', FILTER_EXAMPLE);
  const { limit = Infinity, offset = 0, did, ...filter } = query;
  if (did !== undefined) return withNumber(store, did, filter).slice(offset, offset + limit);
  return store.pageDids(entryFilter(filter), offset, limit).map((one) => didView(one, store));
}

/** How many DIDs a filter leaves. */
export function countDids(store: StateStore, query: DidFilter): number {
  checkOptions(query, FILTERS, 'filter', FILTER_EXAMPLE);
  const { did, ...filter } = query;
  if (did !== undefined) return withNumber(store, did, filter).length;
  return isEmpty(filter) ? store.counts.dids : store.countDids(entryFilter(filter));
}

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

/** One DID as MOR's list shows it to the administrator. */
function didView(did: Did, store: StateStore): DidView {
  return {
    ...did,
    status: shownStatus(did),
    stored_status: did.status,
    created: store.isCreated(did.id),
    changed: store.isChanged(did.id),
  };
}

/** A reseller's free DID shows as `reserved` to the administrator. Observed. */
function shownStatus({ reseller_id, status }: Pick<Did, 'reseller_id' | 'status'>): Did['status'] {
  return reseller_id !== 0 && status === 'free' ? 'reserved' : status;
}

/** The conditions of a filter but for the number. */
function entryFilter(filter: DidFilter): EntryFilter {
  return { attributes: (attributes) => attributesFit(filter, attributes), created: filter.created, changed: filter.changed };
}

function attributesFit({ status, ...ids }: DidFilter, attributes: DidAttributes): boolean {
  return (
    fits(ids.provider_id, attributes.provider_id) &&
    fits(ids.reseller_id, attributes.reseller_id) &&
    fits(ids.user_id, attributes.user_id) &&
    fits(ids.device_id, attributes.device_id) &&
    fits(status, shownStatus(attributes))
  );
}

function isEmpty(filter: DidFilter): boolean {
  return Object.values(filter).every((wanted) => wanted === undefined);
}

/** The one DID of a number, if the rest of the filter leaves it. */
function withNumber(store: StateStore, number: string, filter: DidFilter): readonly DidView[] {
  const did = store.findDidByNumber(number);
  if (did === undefined) return [];
  const isWanted =
    attributesFit(filter, did) && fits(filter.created, store.isCreated(did.id)) && fits(filter.changed, store.isChanged(did.id));
  return isWanted ? [didView(did, store)] : [];
}

/** Whether a value is as wanted; where nothing is wanted any is. */
export function fits<T>(wanted: T | undefined, actual: T): boolean {
  return wanted === undefined || wanted === actual;
}
