/** Where MOR's calls are: `/billing/api/NAME`, which the vendor's page also writes as `/api/NAME`. */
export const API_PATHS = ['/billing/api', '/api'] as const;

/** MOR's paths, and everything below them. Without a group: for each that Express finds it makes a table of parameters. */
export const VENDOR_PATH = new RegExp(`^(?:${API_PATHS.join('|')})(?:/.*)?$`);

/** The call that a path names, whether MOR has it or not; undefined for a path that is none of MOR's. */
export function callNameIn(path: string): string | undefined {
  const tidy = path.replace(/\/{2,}/g, '/');
  return VENDOR_PATH.test(tidy) ? callNameInVendorPath(tidy) : undefined;
}

/** A name in a path as it was meant; undefined where its percent-encoding is broken or no UTF-8. */
export function decodedName(name: string): string | undefined {
  if (!name.includes('%')) return name;
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}

/** The same of a path that is tidy, and known to be one of MOR's. */
export function callNameInVendorPath(path: string): string {
  const start = path.startsWith(API_PATHS[0]) ? API_PATHS[0].length : API_PATHS[1].length;
  return path.slice(start + 1, path.endsWith('/') ? -1 : undefined);
}
