/** Keeps the list of requests up to date while it is shown. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { RequestRow } from './answers.ts';
import { api } from './api.ts';
import { listen } from './live.ts';
import { addOlder, listRows, mergeRows, NO_ROWS, PAGE_ROWS, showWaiting, type RowList } from './rows.ts';

/** What the server filters by. Empty fields filter nothing. */
export interface RowFilter {
  readonly q: string;
  readonly call: string;
  readonly kind: string;
}

/** The list, and what can be done with it. */
export interface RequestFeed {
  readonly list: RowList;
  readonly counts: { readonly matched: number; readonly total: number; readonly dropped: number };
  readonly isLoaded: boolean;
  readonly error: Error | undefined;
  /** Shows what waits. */
  readonly show: () => void;
  /** Loads the requests before the oldest one that is shown. */
  readonly loadOlder: () => void;
}

/** How often the list is drawn at most, in milliseconds. */
const DRAW_MS = 200;

/** How often counts and filtered lists are read at most, in milliseconds. */
const READ_MS = 1000;

const NO_COUNTS = { matched: 0, total: 0, dropped: 0 };

/** The list of requests of a world. `isHeld` is asked when rows arrive: while it is true, none is added to what is shown. */
export function useRequestFeed(filter: RowFilter, world: string, isHeld: () => boolean): RequestFeed {
  const [list, setList] = useState<RowList>(NO_ROWS);
  const [counts, setCounts] = useState(NO_COUNTS);
  const [error, setError] = useState<Error>();
  const [isLoaded, setIsLoaded] = useState(false);
  const key = JSON.stringify([filter, world]);
  const isFiltered = filter.q !== '' || filter.call !== '' || filter.kind !== '';
  const now = useRef({ isHeld, list, matched: 0 });
  now.current.isHeld = isHeld;

  const update = (next: RowList): void => {
    now.current.list = next;
    setList(next);
  };

  const showAll = useRef<(() => void) | null>(null);

  useEffect(() => {
    let isOver = false;
    let arrived: RequestRow[] = [];
    let isGap = false;
    let drawing: ReturnType<typeof setTimeout> | undefined;
    let reading: ReturnType<typeof setTimeout> | undefined;

    const load = async (): Promise<void> => {
      try {
        const page = await api.rows({ ...filter, limit: PAGE_ROWS });
        if (isOver) return;
        update(listRows(page.requests));
        const { matched = page.requests.length, total = page.requests.length, dropped } = page;
        now.current.matched = matched;
        setCounts({ matched, total, dropped });
        setError(undefined);
      } catch (problem) {
        if (!isOver) setError(problem as Error);
      }
      setIsLoaded(true);
    };

    /** Reads how many there are; of a filtered list that is held, how many are new. */
    const readCounts = async (): Promise<void> => {
      if (isFiltered && !now.current.isHeld()) return load();
      const page = await api.rows({ ...filter, limit: 1 }).catch(() => undefined);
      if (page === undefined || isOver) return;
      const { matched = 0, total = 0, dropped } = page;
      setCounts({ matched, total, dropped });
      if (isFiltered) update({ ...now.current.list, waitingCount: Math.max(0, matched - now.current.matched) });
    };

    const draw = (): void => {
      drawing = undefined;
      const { list: before, isHeld: held } = now.current;
      if (isGap && !held()) void load();
      else if (isFiltered)
        update({
          ...mergeRows(
            { ...before, waiting: [] },
            arrived.filter(({ id }) => before.shown.some((row) => row.id === id)),
            true,
          ),
          waitingCount: before.waitingCount,
        });
      else update(mergeRows(before, arrived, held(), before.shown.length));
      arrived = [];
      isGap = false;
    };

    const stop = listen({
      rows(rows, dropped) {
        arrived.push(...rows);
        isGap ||= dropped > 0;
        drawing ??= setTimeout(draw, DRAW_MS);
        reading ??= setTimeout(() => {
          reading = undefined;
          void readCounts();
        }, READ_MS);
      },
      reload: () => void load(),
    });
    showAll.current = () => {
      const { list: next, isGap: isMissing } = showWaiting(now.current.list);
      if (isMissing || isFiltered) void load();
      else update(next);
    };
    setIsLoaded(false);
    update(NO_ROWS);
    void load();
    return () => {
      isOver = true;
      stop();
      clearTimeout(drawing);
      clearTimeout(reading);
    };
  }, [key]);

  return {
    list,
    counts,
    isLoaded,
    error,
    show: () => showAll.current?.(),
    loadOlder() {
      const oldest = now.current.list.shown.at(-1)?.id;
      if (oldest === undefined) return;
      api.rows({ ...filter, before: oldest, limit: PAGE_ROWS }).then((page) => update(addOlder(now.current.list, page.requests)), setError);
    },
  };
}
