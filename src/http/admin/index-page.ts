/** The index of the admin API: every route with one line about it. */
import { packageVersion } from '../../package-version.ts';
import type { AdminRoute } from './route.ts';

/** The index as programs read it. */
export interface AdminIndex {
  readonly version: string;
  readonly routes: readonly { readonly method: string; readonly path: string; readonly summary: string }[];
}

/** Lists routes by the paths that a client asks for, with `ID` and `NAME` to fill in. */
export function listRoutes(routes: readonly AdminRoute[]): AdminIndex {
  return {
    version: packageVersion(),
    routes: routes.map(({ method, path, about }) => ({ method, path: formatPath(path), summary: about })),
  };
}

/** A path as a client asks for it, with `ID` and `NAME` to fill in: `/__admin/dids/ID`. */
export function formatPath(path: string): string {
  return `/__admin${path === '/' ? '' : path}`.replace(':id', 'ID').replace(':name', 'NAME');
}

/** The index as a table for people. */
export function formatIndex({ version, routes }: AdminIndex): string {
  const width = Math.max(...routes.map(({ path }) => path.length));
  return [
    `mock-mor ${version}: the admin API, for tests; MOR itself has none of it. Add ?pretty to read its JSON.`,
    '',
    ...routes.map(({ method, path, summary }) => `${method.padEnd(6)} ${path.padEnd(width)}  ${summary}`),
  ].join('\n');
}
