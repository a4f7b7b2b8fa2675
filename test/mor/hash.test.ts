import { sha1Hex } from '../../src/mor/hash.ts';

test.each([
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
])('sha1Hex %j -> %s', (text, expected) => {
  expect(sha1Hex(text)).toBe(expected);
});
