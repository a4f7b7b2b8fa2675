/**
 * A request's URL in one form. Clients write `//billing/api`, proxies the whole address: both mean the path. A `#`, which no URL of a
 * request has, ends the path and stands for itself in the query: Express would read it by a function that Node warns of.
 */
export function tidyUrl(url: string): string {
  if (url.startsWith('/') && !url.includes('//') && !url.includes('#')) return url;
  const [path = '', ...query] = url.replace(/^[a-z]+:\/\/[^/?#]*/i, '').split('?');
  const tidyPath = `/${path.split('#', 1)[0] ?? ''}`.replace(/\/{2,}/g, '/');
  return [tidyPath, ...query.map((part) => part.replaceAll('#', '%23'))].join('?');
}
