/** The state of the dashboard in its address. */
import fc from 'fast-check';
import { formatRoute, linkFrom, parseBase, parseRoute, VIEWS, withQuery } from '../../src/dashboard/route.ts';

it('reads the view, the open item and the query', () => {
  const route = parseRoute('#/requests/17?q=370&sandbox=t1');
  expect({ ...route, query: { ...route.query } }).toEqual({ view: 'requests', item: '17', query: { q: '370', sandbox: 't1' } });
});

it.each(['', '#', '#/', '#/nothing', '#/constructor', '#/__proto__'])('shows the requests for %j', (hash) => {
  expect(parseRoute(hash)).toMatchObject({ view: 'requests' });
});

it('leaves a percent sign that escapes nothing as it is', () => {
  expect(parseRoute('#/dids/%zz').item).toBe('%zz');
});

it('has no values from prototypes', () => {
  const { query } = parseRoute('#/requests?__proto__=x&toString=y');
  expect(Object.entries(query)).toEqual([
    ['__proto__', 'x'],
    ['toString', 'y'],
  ]);
});

it('reads what it wrote, whatever the texts', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 });
  const routes = fc.record({
    view: fc.constantFrom(...VIEWS),
    item: fc.option(text, { nil: null }),
    query: fc.dictionary(text, text, { noNullPrototype: false }),
  });
  fc.assert(
    fc.property(routes, (route) => {
      const read = parseRoute(formatRoute(route));
      expect({ view: read.view, item: read.item, query: Object.entries(read.query) }).toEqual({
        view: route.view,
        item: route.item,
        query: Object.entries(route.query),
      });
    }),
  );
});

it('keeps the sandbox in links, and nothing else', () => {
  const route = parseRoute('#/dids/3?q=370&sandbox=t1');
  expect(linkFrom(route, 'requests', 5)).toBe('#/requests/5?sandbox=t1');
  expect(linkFrom(route, 'console', null, { call: 'did_create' })).toBe('#/console?call=did_create&sandbox=t1');
});

it('takes a name away that gets no value', () => {
  expect(withQuery(parseRoute('#/dids?q=1&page=2'), { page: '', status: 'free' }).query).toEqual({ q: '1', status: 'free' });
});

it.each([
  ['/__admin/', { root: '', sandbox: null }],
  ['/__admin', { root: '', sandbox: null }],
  ['/mor/__admin/', { root: '/mor', sandbox: null }],
  ['/__sandboxes/t%201/__admin/', { root: '', sandbox: 't 1' }],
  ['/a/b/__sandboxes/t1/__admin/', { root: '/a/b', sandbox: 't1' }],
])('finds the server and the sandbox in %s', (path, expected) => {
  expect(parseBase(path)).toEqual(expected);
});
