/** The DIDs of a world as a list: filtered, sorted, paged. */
import { checkOptions } from '../check-options.ts';
import { DID_STATUSES, type Did, type DidStatus } from '../mor/model.ts';
import { DID_MARKS, type DidMark } from '../world/did-overlay.ts';
import type { DidAttributes } from '../world/did-range.ts';
import type { EntryFilter, NumberTest } from '../world/list-dids.ts';
import type { StateStore } from '../world/store.ts';
import { didView, getShownStatus, type DidView } from './did-view.ts';

/** Which DIDs are meant; every field that is given must fit. */
export interface DidFilter {
  /** The whole number, exactly. */
  readonly did?: string | undefined;
  /** A part of the number, ignoring case. */
  readonly q?: string | undefined;
  /** The provider it belongs to. */
  readonly provider_id?: number | undefined;
  /** The reseller it belongs to; 0 is the administrator. */
  readonly reseller_id?: number | undefined;
  /** Its user. */
  readonly user_id?: number | undefined;
  /** The device that answers it. */
  readonly device_id?: number | undefined;
  /** As shown: a reseller's free DID is `reserved`. */
  readonly status?: DidStatus | undefined;
  /** True: only what calls made; false: only the rest. */
  readonly created?: boolean | undefined;
  /** True: only what calls updated and no call made; false: only the rest. */
  readonly changed?: boolean | undefined;
  /** Only those that differ from the fixtures in this way. */
  readonly mark?: DidMark | undefined;
  /** The id of a reseller: only that reseller's DIDs, with the statuses that the reseller sees. */
  readonly as?: number | undefined;
}

/** What a list can be sorted by. */
const SORT_FIELDS = ['id', 'did', 'status', 'provider_id', 'user_id', 'reseller_id'] as const;

type SortField = (typeof SORT_FIELDS)[number];

/** What a list is sorted by; a minus in front puts the highest first. */
export type DidSort = SortField | `-${SortField}`;

/** Every order of a list. */
export const DID_SORTS: readonly DidSort[] = SORT_FIELDS.flatMap((field) => [field, `-${field}` as const]);

/** A part of a list. */
export interface Page {
  /** Default: no limit. */
  readonly limit?: number | undefined;
  /** How many to pass over. Default: 0. */
  readonly offset?: number | undefined;
  /** A field, with a minus in front for the highest first. What has no such field comes last. Default: `id`. */
  readonly sort?: DidSort | undefined;
}

/** A part of a list, with the defaults filled in. */
interface SettledPage {
  readonly limit: number;
  readonly offset: number;
  readonly sort: DidSort;
}

const FILTERS = {
  did: { type: 'anyString' },
  q: { type: 'anyString' },
  provider_id: { type: 'integer' },
  reseller_id: { type: 'integer' },
  user_id: { type: 'integer' },
  device_id: { type: 'integer' },
  status: { type: DID_STATUSES },
  created: { type: 'boolean' },
  changed: { type: 'boolean' },
  mark: { type: DID_MARKS },
  as: { type: 'integer' },
} as const;

const FILTER_EXAMPLE = "{ did: '37060000001' }; mor.did(1) is one DID by its id";

const PAGE = { limit: { type: 'integer' }, offset: { type: 'integer' }, sort: { type: DID_SORTS } } as const;

/** A part of the DIDs that a filter leaves. In the order of ids only what is on the page is made. */
export function didViews(store: StateStore, query: DidFilter & Page): readonly DidView[] {
  checkOptions(query, { ...FILTERS, ...PAGE }, 'filter', FILTER_EXAMPLE);
  const { limit = Infinity, offset = 0, sort = 'id', ...filter } = query;
  const page = takePage(store, filter, { limit, offset, sort });
  return page.map((did) => didView(did, store, filter.as !== undefined));
}

/** How many DIDs a filter leaves. */
export function countDids(store: StateStore, query: DidFilter): number {
  checkOptions(query, FILTERS, 'filter', FILTER_EXAMPLE);
  if (isEmpty(query)) return store.counts.dids;
  if (query.did !== undefined) return findNumber(store, query).length;
  return store.countDids(entryFilter(query), numberTest(query));
}

/** Whether a value is as wanted; where nothing is wanted any is. */
export function fits<T>(wanted: T | undefined, actual: T): boolean {
  return wanted === undefined || wanted === actual;
}

function takePage(store: StateStore, filter: DidFilter, { limit, offset, sort }: SettledPage): readonly Did[] {
  if (filter.did !== undefined) return findNumber(store, filter).slice(offset, offset + limit);
  const [wanted, isWanted] = [entryFilter(filter), numberTest(filter)];
  if (isWanted !== undefined || (sort !== 'id' && sort !== '-id')) {
    const dids = [...store.selectDids(wanted, isWanted)];
    return (sort === 'id' ? dids : dids.sort(compareBy(sort, filter))).slice(offset, offset + limit);
  }
  if (sort === 'id') return store.pageDids(wanted, offset, limit);
  // From behind: the page ends where as many are left as are passed over.
  const end = store.countDids(wanted) - offset;
  const start = Math.max(0, end - limit);
  return store.pageDids(wanted, start, end - start).toReversed();
}

/** The test of a search; undefined if nothing is searched for. */
function numberTest({ q = '' }: DidFilter): NumberTest | undefined {
  const part = q.toLowerCase();
  return part === '' ? undefined : (number) => number.toLowerCase().includes(part);
}

/** The one DID of a whole number, if the rest of the filter leaves it. */
function findNumber(store: StateStore, { did: number = '', ...filter }: DidFilter): readonly Did[] {
  const did = store.findDidByNumber(number);
  const isWanted =
    did !== undefined &&
    attributesFit(filter, did) &&
    fits(filter.created, store.isCreated(did.id)) &&
    fits(filter.changed, store.isChanged(did.id)) &&
    (filter.mark === undefined || store.getMark(did.id) === filter.mark) &&
    numberTest(filter)?.(did.did) !== false;
  return isWanted ? [did] : [];
}

/** What a list is compared by. Equal ones stay in the order of ids. */
function compareBy(sort: DidSort, { as }: DidFilter): (a: Did, b: Did) => number {
  const isDescending = sort.startsWith('-');
  const field = (isDescending ? sort.slice(1) : sort) as SortField;
  const valueOf = (did: Did): string | number | undefined => (field === 'status' && as === undefined ? getShownStatus(did) : did[field]);
  return (a, b) => {
    const [left, right] = [valueOf(a), valueOf(b)];
    if (left === right) return 0;
    if (left === undefined || right === undefined) return left === undefined ? 1 : -1;
    return left < right === isDescending ? 1 : -1;
  };
}

/** The conditions of a filter but for those on the number. */
function entryFilter(filter: DidFilter): EntryFilter {
  const { created, changed, mark } = filter;
  return { attributes: (attributes) => attributesFit(filter, attributes), created, changed, mark };
}

function attributesFit({ status, as, ...ids }: DidFilter, attributes: DidAttributes): boolean {
  return (
    fits(as, attributes.reseller_id) &&
    fits(ids.provider_id, attributes.provider_id) &&
    fits(ids.reseller_id, attributes.reseller_id) &&
    fits(ids.user_id, attributes.user_id) &&
    fits(ids.device_id, attributes.device_id) &&
    fits(status, as === undefined ? getShownStatus(attributes) : attributes.status)
  );
}

function isEmpty(filter: DidFilter): boolean {
  return Object.values(filter).every((wanted) => wanted === undefined);
}
