/** Requests that reached the server and not the world that a test looks at: most often a client that drops the prefix of the path. */
import { truncate } from '../log.ts';
import { quoteIfHidden } from '../mor/quote.ts';
import { redactCall } from '../mor/redact.ts';
import type { World } from '../world/world.ts';
import { worldSecrets } from './request-secrets.ts';

/** How many are kept, and how many of them a message lists. */
const MAX_KEPT = 100;
const MAX_LISTED = 5;

/** Where a control has the sentences about the requests that missed its world. For the matchers alone. */
export const MISSED_REQUESTS = Symbol('missed requests');

/** What the matchers ask of a control. */
export interface MissedRequestsView {
  [MISSED_REQUESTS]?(): readonly string[];
}

/** A moment of a server, from which on misses count. */
export interface MissedSince {
  readonly count: number;
  readonly rootNumber: number;
  readonly rootGeneration: number;
}

/** The start of the server. */
export const START: MissedSince = { count: 0, rootNumber: 0, rootGeneration: 0 };

/** What a server has seen beside its worlds. */
export class MissedRequests {
  readonly #root: World;
  #count = 0;
  #lines: string[] = [];

  constructor(root: World) {
    this.#root = root;
  }

  /** Writes a request down that reached no world. Its path must be without secrets. */
  record(method: string, path: string, status: number): void {
    this.#count += 1;
    this.#lines = [...this.#lines.slice(1 - MAX_KEPT), `${quoteIfHidden(method)} ${quoteIfHidden(truncate(path))} (${String(status)})`];
  }

  now(): MissedSince {
    const { lastNumber, generation } = this.#root.journal;
    return { count: this.#count, rootNumber: lastNumber, rootGeneration: generation };
  }

  /** A sentence about each way in which requests missed the root or, if `path` is given, the sandbox that is reached by it. */
  describe({ count, rootNumber, rootGeneration }: MissedSince, path?: string): readonly string[] {
    const { store, journal } = this.#root;
    const { entries, generation } = journal;
    const first = generation === rootGeneration ? rootNumber : 0;
    const inRoot = path === undefined ? [] : entries.filter(({ number }) => number > first);
    const missed = this.#count - count;
    return [
      ...(inRoot.length === 0
        ? []
        : [
            `${plural(inRoot.length)} reached the root instead of ${path ?? ''}: does the client drop the path prefix, as new URL('/x', base) does? ` +
              `useMockMor(runner, { isolation: 'port' }) needs no prefix. ${list(
                inRoot.map((entry) => `${quoteIfHidden(entry.method)} ${quoteIfHidden(redactCall(entry.call, worldSecrets(store)))}`),
                inRoot.length,
              )}`,
          ]),
      ...(missed === 0
        ? []
        : [`${plural(missed)} reached no call of MOR, which are under /billing/api: ${list(this.#lines.slice(-missed), missed)}`]),
    ];
  }
}

function plural(count: number): string {
  return count === 1 ? '1 request' : `${String(count)} requests`;
}

/** The first few, and how many more there are. */
function list(lines: readonly string[], count: number): string {
  const listed = lines.slice(0, MAX_LISTED);
  const more = count - listed.length;
  return `${listed.join(', ')}${more === 0 ? '' : ` and ${String(more)} more`}`;
}
