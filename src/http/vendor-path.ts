/** MOR's paths, and everything below them: `/billing/api/NAME`, which the vendor's page also writes as `/api/NAME`. */
export const VENDOR_PATH = /^\/(?:billing\/)?api(?:\/(.*?))?\/?$/;

/** The call that a path names, whether MOR has it or not; undefined for a path that is none of MOR's. */
export function callNameIn(path: string): string | undefined {
  const match = VENDOR_PATH.exec(path.replace(/\/{2,}/g, '/'));
  return match === null ? undefined : (match[1] ?? '');
}
