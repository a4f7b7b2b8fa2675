import { createHash } from 'node:crypto';
import { describeFormatError, parseHashFormat } from '../../src/explain/hash-format.ts';

const show = (text: string): string => JSON.stringify(text);
const HEX = createHash('sha1').update('x').digest('hex');
const BASE64 = createHash('sha1').update('x').digest('base64');
const MD5 = createHash('md5').update('x').digest('hex');
const RULE = 'it must be SHA-1 in lower-case hex and nothing else, not ';

test('lower-case hex of 40 characters has nothing wrong', () => {
  expect(parseHashFormat(HEX, show)).toEqual({ hex: HEX, digest: 'sha1', error: '', encoding: '' });
});

const SHA1SUM = 'as sha1sum prints the name of its input';

test.each<readonly [title: string, sent: string, error: string]>([
  ['sha1sum', `${HEX}  -`, `"  -" behind it, ${SHA1SUM}`],
  ['sha1sum with its line feed', `${HEX}  -\n`, `"  -" behind it, ${SHA1SUM}`],
  ['sha1sum, its words split by a shell', `${HEX} -`, `" -" behind it, ${SHA1SUM}`],
  ['sha1sum -b', `${HEX} *-`, `" *-" behind it, ${SHA1SUM}`],
  ['sha1sum of a file', `${HEX}  did.txt\n`, `"  did.txt" behind it, ${SHA1SUM}`],
  ['sha1sum of a file with a blank in its name', `${HEX}  a b`, `"  a b" behind it, ${SHA1SUM}`],
  ['sha1sum of a file with an odd name', `\\${HEX}  a\\nb`, `${show('  a\\nb')} behind it, ${SHA1SUM}`],
  ['md5sum', `${MD5}  -`, `MD5, "  -" behind it, ${SHA1SUM}`],
  ['openssl', `SHA1(stdin)= ${HEX}\n`, 'the label "SHA1(stdin)= " in front of it, as openssl prints one'],
  ['older openssl', `(stdin)= ${HEX}`, 'the label "(stdin)= " in front of it, as openssl prints one'],
  ['openssl -r', `${HEX} *stdin`, `" *stdin" behind it, ${SHA1SUM}`],
  ['a label', `sha1=${HEX}`, 'the label "sha1=" in front of it, as openssl prints one'],
  ['LDAP', `{SHA}${BASE64}`, 'base64, "{SHA}" in front of it'],
  ['integrity of a web page', `sha1-${BASE64}`, 'base64, "sha1-" in front of it'],
  ['0x', `0x${HEX}`, '"0x" in front of it'],
  ['bytes of Python', `b'${HEX}'`, 'the b and the quotes of Python bytes around it (decode them)'],
  ['quotes', `"${HEX}"`, 'quotes around it'],
  ['single quotes and a line feed', `'${HEX}'\n`, 'blanks around it, quotes around it'],
  ['quotes, and upper case', `"${HEX.toUpperCase()}"`, 'upper-case hex, quotes around it'],
  ['blanks', ` ${HEX}\r\n`, 'blanks around it'],
  ['a byte order mark', `\uFEFF${HEX}`, 'hidden characters around it'],
  ['a no-break space', `${HEX}\u00a0`, 'hidden characters around it'],
  ['.NET', (HEX.toUpperCase().match(/../g) ?? []).join('-'), 'upper-case hex, separators between its bytes'],
  ['bytes and colons', (HEX.match(/../g) ?? []).join(':'), 'separators between its bytes'],
  ['bytes and blanks', (HEX.match(/../g) ?? []).join(' '), 'separators between its bytes'],
  ['base64', BASE64, 'base64'],
  ['base64 with blanks for its plus signs', BASE64.replaceAll('+', ' '), 'base64'],
  ['base64 of the hex text', Buffer.from(HEX).toString('base64'), 'base64 of the hex text'],
  ['base64 of the upper-case hex text', Buffer.from(HEX.toUpperCase()).toString('base64'), 'base64 of upper-case hex'],
  ['base64 of the hex text and a line feed', Buffer.from(`${HEX}\n`).toString('base64'), 'base64 of the hex text'],
])('%s', (_, sent, error) => {
  const format = parseHashFormat(sent, show);
  expect([format?.hex, format?.error]).toEqual([error.startsWith('MD5') ? MD5 : HEX, `${RULE}${error}`]);
});

test.each([
  ['SHA-256', 'sha256', 64],
  ['SHA-512', 'sha512', 128],
])('%s', (title, name, length) => {
  const hex = createHash(name).update('x').digest('hex');
  expect(hex).toHaveLength(length);
  expect(parseHashFormat(hex, show)).toEqual({ hex, digest: name, error: `${RULE}${title}`, encoding: '' });
});

test.each([
  '',
  ' ',
  'abc',
  'g'.repeat(40),
  `${HEX}0`,
  `${HEX} `.padEnd(201),
  `!${BASE64}`,
  `"${HEX}'`,
  '-'.repeat(40),
  'a'.repeat(39),
  `${'"'.repeat(5)}${HEX}${'"'.repeat(5)}`,
])('no hash: %j', (sent) => {
  expect(parseHashFormat(sent, show)).toBeUndefined();
});

test.each([
  ['', 'it has 0 characters, and must have 40'],
  ['a', 'it has 1 character, and must have 40'],
  ['g'.repeat(40), 'it has other characters than 0-9 and a-f'],
])('%j: %s', (sent, expected) => {
  expect(describeFormatError(sent)).toBe(expected);
});

test('a long text around a hash costs no more than its length', () => {
  const startedAt = process.cpuUsage();
  for (const odd of [' ', '"', '=', '\u200b', `${HEX} `, '00-']) parseHashFormat(odd.repeat(200).slice(0, 200), show);
  expect(process.cpuUsage(startedAt).user).toBeLessThan(1_000_000);
});
