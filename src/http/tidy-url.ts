/** A request's URL in one form. Clients write `//billing/api`, proxies the whole address: both mean the path. */
export function tidyUrl(url: string): string {
  if (url.startsWith('/') && !url.includes('//')) return url;
  const [path = '', ...query] = url.replace(/^[a-z]+:\/\/[^/?]*/i, '').split('?');
  return [`/${path}`.replace(/\/{2,}/g, '/'), ...query].join('?');
}
