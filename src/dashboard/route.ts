/** The state of the page in the hash of its address: the view, what is open in it, the filters and the sandbox. */

/** The views, in the order of the menu. */
export const VIEWS = ['requests', 'dids', 'console', 'faults', 'coverage', 'world'] as const;

/** One of the views. */
export type ViewName = (typeof VIEWS)[number];

/** Where the page is. */
export interface Route {
  readonly view: ViewName;
  /** What is open in the view: the id of a request or a DID, or a part of the world. Null if nothing is. */
  readonly item: string | null;
  /** Filters and fields by name, also `sandbox`. None is empty. */
  readonly query: Readonly<Record<string, string>>;
}

/** Names of the query that belong to every view. */
const KEPT = ['sandbox'] as const;

/** Reads `#/requests/17?q=370&sandbox=t1`. An unknown view is the list of requests. */
export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = splitOnce(hash.replace(/^#?\/?/, ''), '?');
  const [view = '', item = ''] = splitOnce(path, '/');
  const query: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of new URLSearchParams(search)) if (value !== '') query[name] = value;
  return { view: isView(view) ? view : 'requests', item: item === '' ? null : decode(item), query };
}

/** The hash of a route, as `parseRoute` reads it. */
export function formatRoute({ view, item, query }: Route): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${view}${item === null ? '' : `/${encodeURIComponent(item)}`}${search === '' ? '' : `?${search}`}`;
}

/** The address of another view or item in the same sandbox. */
export function linkFrom(route: Route, view: ViewName, item: string | number | null = null, query: Route['query'] = {}): string {
  const kept = Object.fromEntries(KEPT.flatMap((name) => (route.query[name] === undefined ? [] : [[name, route.query[name]]])));
  return formatRoute({ view, item: item === null ? null : String(item), query: { ...query, ...kept } });
}

/** The same place with other values in its query; an empty value takes a name away. */
export function withQuery(route: Route, changes: Route['query']): Route {
  const query = Object.fromEntries(Object.entries({ ...route.query, ...changes }).filter(([, value]) => value !== ''));
  return { ...route, query };
}

/** Where the server is below its host, and the sandbox, by the path of the page: `/mor/__sandboxes/t1/__admin/`. */
export function parseBase(pathname: string): { root: string; sandbox: string | null } {
  const [, base = '', sandbox] = /^(.*?)(?:\/__sandboxes\/([^/]+))?\/__admin(?:\/.*)?$/.exec(pathname) ?? [];
  return { root: base, sandbox: sandbox === undefined ? null : decode(sandbox) };
}

function isView(name: string): name is ViewName {
  return (VIEWS as readonly string[]).includes(name);
}

function splitOnce(text: string, separator: string): readonly string[] {
  const index = text.indexOf(separator);
  return index < 0 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}

/** An address that somebody typed may have a percent sign that escapes nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
