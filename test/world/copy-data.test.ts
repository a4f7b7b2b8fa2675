import { isDeepStrictEqual } from 'node:util';
import { runInNewContext } from 'node:vm';
import { copyData } from '../../src/world/copy-data.ts';

const DATA = { text: 'a', none: null, on: true, number: 1.5, list: [{ id: 1 }, []], record: { inner: { deep: ['x'] } } };

it('copies every field, and shares none', () => {
  const copy = copyData(DATA);
  expect(copy).toStrictEqual(DATA);
  expect(copy).not.toBe(DATA);
  expect(copy.list).not.toBe(DATA.list);
  expect(copy.list[0]).not.toBe(DATA.list[0]);
  expect(copy.record.inner.deep).not.toBe(DATA.record.inner.deep);
});

it('what another realm made is made of lists and records of this one', () => {
  const foreign = runInNewContext(`(${JSON.stringify(DATA)})`) as typeof DATA;
  expect(isDeepStrictEqual(foreign, DATA)).toBe(false);
  expect(isDeepStrictEqual(copyData(foreign), DATA)).toBe(true);
});

it('a field named __proto__ stays a field', () => {
  const copy = copyData(JSON.parse('{"__proto__":{"id":1}}') as object);
  expect(Object.entries(copy)).toEqual([['__proto__', { id: 1 }]]);
  expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
});
