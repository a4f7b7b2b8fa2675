/** A value that components follow. */
import { useEffect, useState } from 'preact/hooks';

/** A value that is set in one place and followed in many. */
export interface Signal<T> {
  get(): T;
  set(value: T): void;
  /** Calls back after each change, until the returned function is called. */
  follow(callback: () => void): () => void;
}

/** Creates a signal. Setting the same value again calls nobody. */
export function createSignal<T>(first: T): Signal<T> {
  let value = first;
  const followers = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const follower of [...followers]) follower();
    },
    follow(callback) {
      followers.add(callback);
      return () => followers.delete(callback);
    },
  };
}

/** The value of a signal; the component is drawn again when it changes. */
export function useSignal<T>(signal: Signal<T>): T {
  const [, redraw] = useState(0);
  const drawn = signal.get();
  useEffect(() => {
    let seen = drawn;
    const check = (): void => {
      if (Object.is(seen, signal.get())) return;
      seen = signal.get();
      redraw((count) => count + 1);
    };
    // It may have changed between drawing and following.
    check();
    return signal.follow(check);
  }, [signal]);
  return drawn;
}
