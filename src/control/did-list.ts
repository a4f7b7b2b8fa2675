/** The DIDs of a world as a tester sees them: listed, filtered, paged. */
import { checkOptions } from '../check-options.ts';
import type { DidFilter, DidView, Page } from './control.ts';
import { DID_STATUSES, type Did } from '../mor/model.ts';
import { didOfRun, type DidRun } from '../world/base.ts';
import type { DidStretch, Store } from '../world/store.ts';

const FILTERS = {
  did: { type: 'any' },
  provider_id: { type: 'count' },
  reseller_id: { type: 'count' },
  status: { type: DID_STATUSES },
  created: { type: 'switch' },
} as const;

const PAGE = { limit: { type: 'count' }, offset: { type: 'count' } } as const;

/** A part of the DIDs that a filter leaves, in the order of their ids. Blocks stay blocks but for what is on the page. */
export function didViews(store: Store, query: DidFilter & Page): readonly DidView[] {
  checkOptions(query, { ...FILTERS, ...PAGE }, 'filter');
  const { limit = Infinity, offset = 0, ...filter } = query;
  const views: DidView[] = [];
  let toSkip = offset;
  for (const { run, maker } of matching(store, filter)) {
    if (views.length >= limit) break;
    const skipped = Math.min(toSkip, run.count);
    toSkip -= skipped;
    const end = Math.min(run.count, skipped + limit - views.length);
    for (let place = skipped; place < end; place++) views.push(didView(didOfRun(run, place), maker === 'call'));
  }
  return views;
}

/** How many DIDs a filter leaves. */
export function countDids(store: Store, filter: DidFilter): number {
  checkOptions(filter, FILTERS, 'filter');
  let count = 0;
  for (const { run } of matching(store, filter)) count += run.count;
  return count;
}

/** One DID as MOR's list shows it to the administrator. */
export function didView(did: Did, created: boolean): DidView {
  return { ...did, status: shownStatus(did), created };
}

/** A reseller's free DID shows as `reserved` to the administrator. Observed. */
function shownStatus({ reseller_id, status }: Pick<Did, 'reseller_id' | 'status'>): Did['status'] {
  return reseller_id !== 0 && status === 'free' ? 'reserved' : status;
}

/** The stretches that a filter leaves. A whole stretch fits or does not, but for the number, which names a single DID. */
function* matching(store: Store, filter: DidFilter): Generator<DidStretch> {
  const stretches = filter.did === undefined ? store.stretches() : stretchOf(store, filter.did);
  for (const stretch of stretches) {
    const { traits } = stretch.run;
    const isWanted =
      fits(filter.provider_id, traits.provider_id) &&
      fits(filter.reseller_id, traits.reseller_id) &&
      fits(filter.status, shownStatus(traits)) &&
      fits(filter.created, stretch.maker === 'call');
    if (isWanted) yield stretch;
  }
}

function stretchOf(store: Store, number: string): readonly DidStretch[] {
  const found = store.didNumbered(number);
  if (found === undefined) return [];
  const { id, did, ...traits } = found;
  const run: DidRun = { firstId: id, count: 1, from: did, traits };
  return [{ run, maker: store.wasCreated(id) ? 'call' : undefined }];
}

/** Whether a value is as wanted; where nothing is wanted any is. */
export function fits<T>(wanted: T | undefined, actual: T): boolean {
  return wanted === undefined || wanted === actual;
}
