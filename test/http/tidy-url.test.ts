import { tidyUrl, withoutNumberSign } from '../../src/http/tidy-url.ts';

test.each([
  ['/billing/api/did_create?u=a', '/billing/api/did_create?u=a'],
  ['//billing///api/did_create?u=a//b', '/billing/api/did_create?u=a//b'],
  ['http://mor.example/billing/api/did_create?u=a', '/billing/api/did_create?u=a'],
  ['HTTPS://mor.example?u=a', '/?u=a'],
  ['*', '/*'],
  ['', '/'],
  ['/api/did_create?u=a?b&did=1', '/api/did_create?u=a?b&did=1'],
  // The shadow must see it, for another server may read it as part of the path.
  ['/api/did_create#/../../admin', '/api/did_create#/../../admin'],
])('tidy: %s -> %s', (url, tidy) => {
  expect(tidyUrl(url)).toBe(tidy);
});

test.each([
  ['/api/did_create?u=a', '/api/did_create?u=a'],
  ['/api/did_create#top?u=a', '/api/did_create?u=a'],
  ['/api/did_create?comment=a#b&did=#1?#', '/api/did_create?comment=a%23b&did=%231?%23'],
  ['/#', '/'],
  [tidyUrl('http://mor.example#top'), '/'],
])('without number sign: %s -> %s', (url, plain) => {
  expect(withoutNumberSign(url)).toBe(plain);
});
