/** Where the page is, and which server and sandbox it asks. */
import { formatRoute, linkFrom, parseBase, parseRoute, withQuery, type Route, type ViewName } from './route.ts';
import { createSignal } from './signal.ts';

const base = parseBase(location.pathname);

/** The path of the server below its host, without a slash at its end; empty for most. */
export const ROOT = base.root;

// The sandbox is in the hash, so that the page can be shown when the sandbox is gone.
if (base.sandbox !== null) {
  const hash = formatRoute(withQuery(parseRoute(location.hash), { sandbox: base.sandbox }));
  history.replaceState(null, '', `${ROOT}/__admin/${hash}`);
}

/** Where the page is. Set by `navigate` and by the address bar. */
export const route = createSignal<Route>(parseRoute(location.hash));

addEventListener('hashchange', () => route.set(parseRoute(location.hash)));

/** Goes to another place. With `isReplaced` the browser's "back" leads to the place before this one. */
export function navigate(next: Route, isReplaced = false): void {
  const hash = formatRoute(next);
  if (hash === location.hash) return;
  if (isReplaced) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  route.set(parseRoute(hash));
}

/** Changes the query of the current place, without an entry in the browser's history. */
export function changeQuery(changes: Route['query']): void {
  navigate(withQuery(route.get(), changes), true);
}

/** The hash of a view or an item in the same sandbox. */
export function linkTo(view: ViewName, item: string | number | null = null, query: Route['query'] = {}): string {
  return linkFrom(route.get(), view, item, query);
}

/** The hash of another item with the same filters; null closes what is open. */
export function linkToItem(item: string | number | null): string {
  return formatRoute({ ...route.get(), item: item === null ? null : String(item) });
}

/** The sandbox that the page is about; null is the root. */
export function getSandbox(): string | null {
  return route.get().query['sandbox'] ?? null;
}

/** The path in front of the paths of MOR and of the admin API. */
export function getWorldPath(sandbox: string | null = getSandbox()): string {
  return sandbox === null ? ROOT : `${ROOT}/__sandboxes/${encodeURIComponent(sandbox)}`;
}

/** The whole address of a call of MOR in this world. */
export function getCallUrl(call: string): string {
  return `${location.origin}${getWorldPath()}/billing/api/${encodeURIComponent(call)}`;
}
