/** Where MOR's calls are: `/billing/api/NAME`, which the vendor's page also writes as `/api/NAME`. */
export const API_PATHS = ['/billing/api', '/api'] as const;

/** MOR's paths, and everything below them. */
export const VENDOR_PATH = new RegExp(`^(?:${API_PATHS.join('|')})(?:/(.*?))?/?$`);

/** The call that a path names, whether MOR has it or not; undefined for a path that is none of MOR's. */
export function callNameIn(path: string): string | undefined {
  const match = VENDOR_PATH.exec(path.replace(/\/{2,}/g, '/'));
  return match === null ? undefined : (match[1] ?? '');
}
