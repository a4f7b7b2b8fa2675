import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCurl } from '../../src/cli/parse-curl.ts';
import { splitCommand } from '../../src/cli/split-command.ts';
import { readParams } from '../../src/http/read-params.ts';
import { NOT_TEXT, type ParamValue } from '../../src/mor/params.ts';

const URL = 'http://h/billing/api/did_create';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mock-mor-curl-'));
  writeFileSync(join(folder, 'body'), 'did=37\n1');
});
afterAll(() => rmSync(folder, { recursive: true }));

test.each<[line: string, method: string, params: Record<string, ParamValue>]>([
  [`'${URL}?did=1&u=a'`, 'GET', { did: '1', u: 'a' }],
  [`-X POST '${URL}?did=1#x'`, 'POST', { did: '1' }],
  [`-XPOST ${URL} -ddid=1 --data u=a`, 'POST', { did: '1', u: 'a' }],
  [`-sS -d did=+1 ${URL}`, 'POST', { did: ' 1' }],
  [`--data-urlencode did=+1 --data-urlencode 'u=a b' ${URL}`, 'POST', { did: '+1', u: 'a b' }],
  [`--data-raw did=@1 ${URL}`, 'POST', { did: '@1' }],
  [`-G -d did=1 '${URL}?u=a'`, 'GET', { u: 'a', did: '1' }],
  [`--json '{"did":370600000991234567890}' ${URL}`, 'POST', { did: '370600000991234567890' }],
  [`-H 'content-type: application/json' -d '{"did":1}' ${URL}`, 'POST', { did: '1' }],
  [`-F did=1 -F 'u=a b;type=text/plain' -F f=@x ${URL}`, 'POST', { did: '1', u: 'a b', f: NOT_TEXT }],
  [`--form-string did=@1 ${URL}`, 'POST', { did: '@1' }],
  [`-d @BODY ${URL}`, 'POST', { did: '371' }],
  [`--data-binary @BODY ${URL}`, 'POST', { did: '37\n1' }],
  [`--url ${URL} --url-query did=1 -o /dev/null -w '%{http_code}'`, 'GET', { did: '1' }],
])('curl %s -> %s %j', async (line, method, params) => {
  const sent = parseCurl(splitCommand(line.replace('@BODY', `@${join(folder, 'body')}`)));
  expect([sent.method, Object.fromEntries((await readParams({ ...sent, most: 1000 })).params)]).toEqual([method, params]);
});

test.each<[line: string, message: string]>([
  ['-d did=1', 'the curl command has no address'],
  [`${URL} http://x`, `the curl command has two addresses, "${URL}" and "http://x"; quote what holds an & or a blank`],
  [`-d p=hunter 2 ${URL}`, `the curl command has two addresses, a word without a scheme and "${URL}"; quote what holds an & or a blank`],
  [`--frob ${URL}`, "cannot parse the curl command: Unknown option '--frob'. Remove options that do not affect the request."],
  [`${URL} -d`, "cannot parse the curl command: Option '-d, --data <value>' argument missing."],
  [`-d @/no/such/file ${URL}`, 'the curl command reads /no/such/file: ENOENT'],
  [`-d @- ${URL}`, 'the curl command reads standard input, which is not available here'],
  [`-F did ${URL}`, '-F did is no name=value'],
])('curl %s: %s', (line, message) => {
  expect(() => parseCurl(splitCommand(line))).toThrow(message);
});
