/** Reports something to everyone who listens at the moment. A report without listeners costs a comparison. */
export class Signal<T> {
  readonly #listeners = new Set<(value: T) => void>();

  /** Bound, so that it can be handed over by itself. */
  readonly report = (value: T): void => {
    if (this.#listeners.size === 0) return;
    for (const listener of this.#listeners) listener(value);
  };

  /** Calls back at every report. Returns a function that ends this. */
  subscribe(listener: (value: T) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }
}

/** What can change in a world, as those who show it name it. The journal reports its own changes. */
export const CHANGE_TOPICS = ['dids', 'faults', 'settings', 'clock', 'snapshots', 'sandboxes', 'users', 'devices', 'coverage'] as const;

/** One thing that can change in a world. */
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

/** Takes what changed. */
export type ReportChange = (topic: ChangeTopic) => void;

/** For what stands alone: nobody listens. */
export const REPORT_NOTHING: ReportChange = () => undefined;
