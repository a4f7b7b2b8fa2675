import { tidyUrl } from '../../src/http/tidy-url.ts';

test.each([
  ['/billing/api/did_create?u=a', '/billing/api/did_create?u=a'],
  ['//billing///api/did_create?u=a//b', '/billing/api/did_create?u=a//b'],
  ['http://mor.example/billing/api/did_create?u=a', '/billing/api/did_create?u=a'],
  ['HTTPS://mor.example?u=a', '/?u=a'],
  ['http://mor.example#top', '/'],
  ['*', '/*'],
  ['', '/'],
  ['/api/did_create?u=a?b&did=1', '/api/did_create?u=a?b&did=1'],
  ['/api/did_create#top?u=a', '/api/did_create?u=a'],
  ['/api/did_create?comment=a#b&did=#1', '/api/did_create?comment=a%23b&did=%231'],
  ['#', '/'],
])('%s -> %s', (url, tidy) => {
  expect(tidyUrl(url)).toBe(tidy);
});
