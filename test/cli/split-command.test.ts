import { assert, property, string } from 'fast-check';
import { splitCommand } from '../../src/cli/split-command.ts';

describe('of a POSIX shell', () => {
  test.each<[line: string, words: string[]]>([
    ['a  b', ['a', 'b']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`a'b'"c"d`, ['abcd']],
    [`'' ""`, ['', '']],
    [`"a\\"b\\n" 'a\\n'`, ['a"b\\n', 'a\\n']],
    [`$'it\\'s\\n' $x`, ["it's\n", '$x']],
    ['a \\\n  b', ['a', 'b']],
    ['a \\\r\n  b', ['a', 'b']],
    ['https://h/x?a=1&b=2', ['https://h/x?a=1&b=2']],
    ['a#b *.x [c] {d} e;f <g >h (i) !j ~k', ['a#b', '*.x', '[c]', '{d}', 'e;f', '<g', '>h', '(i)', '!j', '~k']],
    [`'a&b#c' "d|e?f" \\&`, ['a&b#c', 'd|e?f', '&']],
    [`"\\$x" "$y"`, ['$x', '$y']],
  ])('the words of %j', (line, words) => {
    expect(splitCommand(line)).toEqual(words);
  });

  test.each([`'open`, `a "open`, 'a\\'])('%j is not closed', (line) => {
    expect(() => splitCommand(line)).toThrow('a quote is not closed');
  });

  test('what Chrome copies for it, whatever is in a word', () => {
    const quote = (text: string): string => {
      if (!/[\p{Cc}!]|'/u.test(text)) return `'${text}'`;
      const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n').replaceAll('\r', '\\r');
      return `$'${escaped.replace(/[\p{Cc}!]/gu, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
    };
    // A shell has no words with NUL.
    const word = string({ unit: 'binary', maxLength: 20 }).filter((text) => !text.includes('\0') && !/[\ufdd0-\ufdde]/.test(text));
    assert(
      property(word, (text) => {
        // Chrome leaves a backslash in front of a line end to `$'…'`, where both are escaped.
        expect(splitCommand(`curl ${quote(text)} \\\n  -H ${quote(`x: ${text}`)}`)).toEqual(['curl', text, '-H', `x: ${text}`]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('of Windows’ cmd', () => {
  test.each<[line: string, words: string[]]>([
    ['curl ^"http://h/x?a=1^&b=2^" ^\n  -d ^"c=3^"', ['curl', 'http://h/x?a=1&b=2', '-d', 'c=3']],
    ['curl ^"a^" ^\r\n  -d ^"b^" ^\r\n', ['curl', 'a', '-d', 'b']],
    ['curl -d ^"^{^\\^"a^\\^":1^}^"', ['curl', '-d', '{"a":1}']],
    ['curl -d ^"100^%^"', ['curl', '-d', '100%']],
    ['curl -d ^"a%^20b^"', ['curl', '-d', 'a%20b']],
    ['curl "http://h/x?a=1&b=2" ^\n -d "a^b"', ['curl', 'http://h/x?a=1&b=2', '-d', 'a^b']],
    ['curl ^\n -d "{\\"a\\":\\"x\\\\\\"}"', ['curl', '-d', '{"a":"x\\"}']],
    ['curl ^\n -d "{""a"":1}" "" b""c', ['curl', '-d', '{"a":1}', '', 'bc']],
    ['curl ^\n C:\\x\\ "C:\\x y\\\\" \\"', ['curl', 'C:\\x\\', 'C:\\x y\\', '"']],
  ])('the words of %j', (line, words) => {
    expect(splitCommand(line)).toEqual(words);
  });

  test('a quote is not closed', () => {
    expect(() => splitCommand('curl ^"http://h')).toThrow('a quote is not closed in: curl "http://h');
  });

  test('what Chrome copies for it, whatever is in a word', () => {
    const quote = (text: string): string =>
      `^"${text
        .replaceAll('\\', '\\\\')
        .replaceAll('"', '\\"')
        .replace(/[^a-zA-Z0-9\s_\-:=+~'/.',?;()*`]/g, '^$&')
        .replace(/%(?=[a-zA-Z0-9_])/g, '%^')
        .replace(/\r?\n/g, '^\n\n')}^"`;
    // A backslash comes doubled out of Windows, which only undoubles it before a quote; a carriage return is lost.
    const word = string({ unit: 'binary', maxLength: 20 }).filter((text) => !/[\\\r\0]/.test(text));
    assert(
      property(word, (text) => {
        expect(splitCommand(`curl ${quote(text)} ^\n  -H ${quote(`x: ${text}`)}`)).toEqual(['curl', text, '-H', `x: ${text}`]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('of PowerShell', () => {
  test.each<[line: string, words: string[]]>([
    ['curl.exe -X POST "http://h/x?a=1&b=2" `\n  -d \'c=3\'', ['curl.exe', '-X', 'POST', 'http://h/x?a=1&b=2', '-d', 'c=3']],
    ["curl.exe `\r\n -d \"a`\"b`$c`n\" `\r\n -d 'it''s'", ['curl.exe', '-d', 'a"b$c\n', '-d', "it's"]],
    ['curl.exe `\n --data=a"b c"d=e @x', ['curl.exe', '--data=ab cd=e', '@x']],
    ['curl.exe `\n -d "$([char]233)t$([char]233)" -d ""', ['curl.exe', '-d', 'été', '-d', '']],
  ])('the words of %j', (line, words) => {
    expect(splitCommand(line)).toEqual(words);
  });

  test('a quote is not closed', () => {
    expect(() => splitCommand('curl.exe `\n -d "a')).toThrow('a quote is not closed in: "a');
  });
});
