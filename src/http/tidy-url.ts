/** A request's URL in one form. Clients write `//billing/api`, proxies the whole address: both mean the path. */
export function tidyUrl(url: string): string {
  if (url.startsWith('/') && !url.includes('//')) return url;
  const [path = '', ...query] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split('?');
  return [`/${path}`.replace(/\/{2,}/g, '/'), ...query].join('?');
}

/**
 * The same URL for Express, which would read a `#` by a function that Node 24 and later warn of. No URL of a request has one: it ends the
 * path, and stands for itself in the query.
 */
export function withoutNumberSign(url: string): string {
  if (!url.includes('#')) return url;
  const [path = '', ...query] = url.split('?');
  return [path.split('#', 1)[0] ?? '', ...query.map((part) => part.replaceAll('#', '%23'))].join('?');
}
