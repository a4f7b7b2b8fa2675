/** An answer of the admin API that stays fresh while it is shown. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { changes } from './live.ts';

/** What was loaded. While a newer answer is on its way the older one stays. */
export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: Error | undefined;
  /** Loads it again. */
  readonly reload: () => void;
}

/** How long to wait between two loads of the same thing, in milliseconds. */
const MIN_PAUSE_MS = 500;

/**
 * Loads when the component is first drawn, when `key` changes, and when one of the topics changed. A change while it loads leads to one
 * more load.
 */
export function useLoaded<T>(load: () => Promise<T>, key: string, topics: readonly string[] = []): Loaded<T> {
  const [state, setState] = useState<{ key: string; value?: T; error?: Error }>({ key });
  const current = useRef({ load, key });
  current.current = { load, key };
  const running = useRef({ isBusy: false, isStale: false });

  const reload = useCallback(() => {
    if (running.current.isBusy) {
      running.current.isStale = true;
      return;
    }
    running.current = { isBusy: true, isStale: false };
    const { load: loadNow, key: keyNow } = current.current;
    const finish = (next: { key: string; value?: T; error?: Error }): void => {
      if (keyNow === current.current.key) setState(next);
      running.current.isBusy = false;
      if (running.current.isStale || keyNow !== current.current.key) setTimeout(reload, keyNow === current.current.key ? MIN_PAUSE_MS : 0);
      running.current.isStale = false;
    };
    loadNow().then(
      (value) => finish({ key: keyNow, value }),
      (error: unknown) => finish({ key: keyNow, error: error instanceof Error ? error : new Error(String(error)) }),
    );
  }, []);

  useEffect(reload, [key]);
  useEffect(() => {
    const count = (): number => [...topics, '*'].reduce((sum, topic) => sum + (changes.get()[topic] ?? 0), 0);
    let seen = count();
    return changes.follow(() => {
      if (seen === count()) return;
      seen = count();
      reload();
    });
  }, [topics.join(' ')]);

  const isCurrent = state.key === key;
  return { value: isCurrent ? state.value : undefined, error: isCurrent ? state.error : undefined, reload };
}
