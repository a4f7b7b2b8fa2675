import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { detachString, detachStrings } from '../../src/world/detach-string.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

test.each([
  '',
  '5',
  '123456789012',
  '1234567890123',
  'größer als der Rest',
  'наш номер, вот он',
  'lone \ud800 half of a pair',
  '\0'.repeat(20),
])('%j is the same string', (text) => {
  expect(detachString(text)).toBe(text);
});

test('a record keeps what is not a string', () => {
  const record = { id: 5, did: '12345678901234567', isOn: false, none: undefined, nothing: null };
  expect(detachStrings(record)).toEqual(record);
});

test('a part of a long string does not keep it in memory', () => {
  const heapBytes = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed;
  };
  const before = heapBytes();
  const kept = Array.from({ length: 50 }, (_, i) => {
    const body = Buffer.alloc(1_000_000, String(i % 10)).toString('latin1');
    return detachStrings({ did: body.slice(10, 30) });
  });
  expect(heapBytes() - before).toBeLessThan(10_000_000);
  expect(kept).toHaveLength(50);
});
