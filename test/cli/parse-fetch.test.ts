import { assert, property, string } from 'fast-check';
import { isFetch, parseFetch } from '../../src/cli/parse-fetch.ts';
import { readParams } from '../../src/http/read-params.ts';
import type { ParamValue } from '../../src/mor/params.ts';

const URL = 'http://h/billing/api/did_create';

const copied = (options: object): string => `fetch("${URL}?u=a", ${JSON.stringify(options, null, 2)});`;

/** As Chrome copies it for Node.js: the cookie is a header. */
const NODE = copied({
  headers: { accept: '*/*', 'content-type': 'application/x-www-form-urlencoded', cookie: 'a=b', Referer: 'http://h/' },
  body: 'did=1&hash=x',
  method: 'POST',
});

test.each<[title: string, text: string, method: string, params: Record<string, ParamValue>]>([
  [
    'Chrome',
    copied({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      referrer: 'http://h/',
      body: 'did=1',
      method: 'POST',
      mode: 'cors',
    }),
    'POST',
    { u: 'a', did: '1' },
  ],
  ['Chrome, for Node.js', NODE, 'POST', { u: 'a', did: '1', hash: 'x' }],
  [
    'Firefox',
    `await ${copied({ credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{"did":1}', method: 'POST' })}`,
    'POST',
    { u: 'a', did: '1' },
  ],
  ['a GET', copied({ headers: {}, body: null, method: 'GET' }), 'GET', { u: 'a' }],
  ['no options', `fetch("${URL}?u=a")`, 'GET', { u: 'a' }],
  [
    'a multipart body',
    copied({
      headers: { 'content-type': 'multipart/form-data; boundary=----X' },
      body: '------X\r\nContent-Disposition: form-data; name="did"\r\n\r\n1\r\n------X--\r\n',
      method: 'POST',
    }),
    'POST',
    { u: 'a', did: '1' },
  ],
])('%s', async (_title, text, method, params) => {
  expect(isFetch(text)).toBe(true);
  const sent = parseFetch(text);
  expect([sent.method, Object.fromEntries((await readParams({ ...sent, most: 1000 })).params)]).toEqual([method, params]);
});

test('a text without a type is sent as plain text, as fetch does', () => {
  expect(parseFetch(copied({ method: 'POST', body: 'u=a' })).contentType).toBe('text/plain;charset=UTF-8');
});

test.each(['curl http://h', 'u=fetch(1)', 'prefetch("x")'])('%j is none', (text) => {
  expect(isFetch(text)).toBe(false);
});

test.each([
  "fetch('http://h')",
  'fetch(url)',
  'fetch()',
  `fetch("${URL}", { method: "POST" })`,
  `fetch("${URL}", {"body": 1})`,
  'fetch("x").then()',
  `fetch("${URL}", {"headers": null})`,
  `fetch("${URL}", {"method": 1})`,
])('%j is refused', (text) => {
  expect(() => parseFetch(text)).toThrow('cannot parse the call of fetch: write it as browsers copy it');
});

test('what Chrome copies, whatever is in the body', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 20 }), (text) => {
      expect(parseFetch(copied({ method: 'POST', body: text })).body.toString()).toBe(text);
    }),
    { numRuns: 300 },
  );
});
