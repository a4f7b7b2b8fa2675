import { hexDigest, hexHmac, sha1Hex } from '../../src/mor/hash.ts';

test.each([
  ['', 'da39a3ee5e6b4b0d3255bfef95601890afd80709'],
  ['abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
])('sha1Hex %j -> %s', (text, expected) => {
  expect(sha1Hex(text)).toBe(expected);
});

// By `printf '%s' TEXT | md5sum` and its like, and `openssl dgst -sha1 -hmac KEY`.
test.each([
  ['md5', hexDigest('md5', 'ą'), '5786eab716295401c073064c3ec82a44'],
  ['sha256', hexDigest('sha256', 'ą'), '1ddca08050786f81b2b5edbeaa0bbcbd7da5c23971a45fbe27ebb87df9b2b8ae'],
  ['HMAC', hexHmac('sha1', 'key', 'ą'), '97e1f53ead386873303d86ea30e17e17b1fc6e16'],
])('%s of a letter beyond ASCII', (_, hash, expected) => {
  expect(hash).toBe(expected);
});
