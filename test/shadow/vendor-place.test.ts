import { parseMorTarget } from '../../src/shadow/vendor-place.ts';

test.each([
  ['/billing/api/did_create', { target: '/billing/api/did_create', path: '/billing/api/did_create', query: '', call: 'did_create' }],
  ['/api/did_create?u=admin&did=%2B1', { target: '/api/did_create?u=admin&did=%2B1', query: 'u=admin&did=%2B1', call: 'did_create' }],
  ['//billing//api/did_create/', { target: '//billing//api/did_create/', path: '//billing//api/did_create/', call: 'did_create' }],
  [
    'http://mor.example.com/billing/api/did_create?u=a',
    { target: '/billing/api/did_create?u=a', path: '/billing/api/did_create', query: 'u=a' },
  ],
  ['/api/did%5Fcreate', { target: '/api/did%5Fcreate', call: 'did_create' }],
  ['/billing/api/', { call: '' }],
  ['/api', { call: '' }],
  ['/api?u=a', { call: '', query: 'u=a' }],
  ['/api/a/b', { call: 'a/b' }],
  ['/api/did_create?next=/../admin', { call: 'did_create', query: 'next=/../admin' }],
  ['/api/did_create?', { target: '/api/did_create?', query: '' }],
])('%s -> passed on', (url, place) => {
  expect(parseMorTarget(url)).toMatchObject(place);
});

test.each([
  '/',
  '*',
  '',
  '/__admin/health',
  '/__sandboxes/a/billing/api/did_create',
  '/billing/callc/login',
  '/billing',
  '/apis/did_create',
  '/API/did_create',
  '/billing/API/did_create',
  '/x/billing/api/did_create',
  '/billing/api/../callc/login',
  '/billing/api/..',
  '/billing/api/./did_create',
  '/api/%2e%2e/admin',
  '/api/.%2E/admin',
  '/api/..%2fadmin',
  '/api/a%2Fb',
  '/api/..%5cadmin',
  '/api/..\\admin',
  '/api/%252e%252e/admin',
  '/api/..;x=1/admin',
  '/api/a%00',
  '/api/a%0d%0ab',
  '/api/%zz',
  '/api/%ff',
  '/api/did_create#/../../admin',
  '/api/a b',
  'http://mor.example.com',
  'http://mor.example.com?x=/api/did_create',
  'http://mor.example.com/__admin/health',
  'api/did_create',
])('%s -> not passed on', (url) => {
  expect(parseMorTarget(url)).toBeUndefined();
});
