/** MOR's paths, and everything below them: `/billing/api/NAME`, which the vendor's page also writes as `/api/NAME`. */
export const VENDOR_PATH = /^\/(?:billing\/)?api(?:\/(.*?))?\/?$/;

/** A request's URL in one form. Clients write `//billing/api`, proxies the whole address: both mean the path. */
export function tidyUrl(url: string): string {
  if (url.startsWith('/') && !url.includes('//')) return url;
  const [path = '', ...query] = url.replace(/^[a-z]+:\/\/[^/?]*/i, '').split('?');
  return [`/${path}`.replace(/\/{2,}/g, '/'), ...query].join('?');
}
