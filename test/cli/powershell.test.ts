import { assert, property, string } from 'fast-check';
import { isInvocation, parseInvocation } from '../../src/cli/powershell.ts';
import { readParams } from '../../src/http/read-params.ts';
import type { ParamValue } from '../../src/mor/params.ts';

const URL = 'http://h/billing/api/did_create';

/** As Chrome copies a form. */
const CHROME = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
$session.UserAgent = "Mozilla/5.0 (X11; Linux x86_64)"
$session.Cookies.Add((New-Object System.Net.Cookie("a", "b", "/", "h")))
Invoke-WebRequest -UseBasicParsing -Uri "${URL}?u=a" \`
-Method "POST" \`
-WebSession $session \`
-Headers @{
"Accept"="*/*"
  "Accept-Encoding"="gzip, deflate, br, zstd"
  "Sec-CH-UA"="\`"Chromium\`";v=\`"140\`""
} \`
-ContentType "application/x-www-form-urlencoded" \`
-Body "did=37060000099&hash=x"`;

/** As Firefox does. */
const FIREFOX = `$session = New-Object Microsoft.PowerShell.Commands.WebRequestSession
Invoke-WebRequest -UseBasicParsing -Uri "${URL}" \`
-Method POST \`
-WebSession $session \`
-UserAgent "Mozilla/5.0" \`
-Headers @{
"Accept" = "*/*"
"Content-Type" = "application/json"
} \`
-Body "{\`"did\`":1}"
`;

test.each<[title: string, text: string, method: string, params: Record<string, ParamValue>]>([
  ['Chrome', CHROME, 'POST', { u: 'a', did: '37060000099', hash: 'x' }],
  ['Chrome, with the line ends of Windows', CHROME.replaceAll('\n', '\r\n'), 'POST', { u: 'a', did: '37060000099', hash: 'x' }],
  ['Firefox', FIREFOX, 'POST', { did: '1' }],
  [
    'a body that is not ASCII',
    `Invoke-WebRequest -Uri "${URL}" \`\n-Method "POST" \`\n-Body ([System.Text.Encoding]::UTF8.GetBytes("u=caf$([char]233)")) \`\n-UserAgent "x"`,
    'POST',
    { u: 'café' },
  ],
  [
    'by hand, the body a table',
    `Invoke-RestMethod -Method Post ${URL} -Body @{ u = 'it''s'; did = 37060000099 }`,
    'POST',
    { u: "it's", did: '37060000099' },
  ],
  ['a table of one line each', `irm ${URL} -Method Post -Body @{\n  u = 'a'\n  did='1'\n}`, 'POST', { u: 'a', did: '1' }],
  ['a table of a GET is its query', `iwr -Uri ${URL}?u=a -Body @{ did = "1 2" }`, 'GET', { u: 'a', did: '1 2' }],
  ['a form', `irm ${URL} -Method Post -Form @{ u = 'a' }`, 'POST', { u: 'a' }],
  ['a bare address with a query', `iwr ${URL}?u=a"&"did=1 -UseBasicParsing`, 'GET', { u: 'a', did: '1' }],
  ['the alias curl of Windows PowerShell', `curl -Uri "${URL}" -Method POST -Body "u=a"`, 'POST', { u: 'a' }],
  [
    'the answer in a variable, and what comes behind it',
    `$r = Invoke-WebRequest "${URL}?u=a" | Select-Object Content\n$r -Method x`,
    'GET',
    { u: 'a' },
  ],
])('%s', async (_title, text, method, params) => {
  expect(isInvocation(text)).toBe(true);
  const sent = parseInvocation(text);
  expect([sent.method, Object.fromEntries((await readParams({ ...sent, most: 1000 })).params)]).toEqual([method, params]);
});

test.each(['curl -d u=a http://h/Body', 'fetch("x")', 'u=Invoke-WebRequest', 'curl.exe -X POST http://h'])('%j is none', (text) => {
  expect(isInvocation(text)).toBe(false);
});

test.each<[text: string, message: string]>([
  ['Invoke-WebRequest -Method POST', 'the PowerShell command has no -Uri'],
  ['Invoke-WebRequest -Uri $url', '-uri is $url, a variable that only PowerShell knows: put its value there'],
  [`irm ${URL} -Method Post -Body $body`, '-body is $body, a variable that only PowerShell knows: put its value there'],
  [
    `irm ${URL} -Body ($x | ConvertTo-Json)`,
    'the PowerShell command has an expression in parentheses that only PowerShell can evaluate: put its value there',
  ],
  [`irm ${URL} -Body (`, 'the PowerShell command has an expression in parentheses that only PowerShell can evaluate: put its value there'],
  [`irm ${URL} -Body @{ u = 'a'`, 'a table of the PowerShell command is not closed: }'],
  [`irm ${URL} -Body @{ u 'a' }`, 'a table of the PowerShell command has no = behind u'],
  [`irm "${URL}`, 'a quote is not closed in: "http://h'],
])('%j is refused', (text, message) => {
  expect(() => parseInvocation(text)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining(message) }),
  );
});

test('what Chrome copies, whatever is in the body', () => {
  const quote = (text: string): string =>
    `"${text.replace(/[`$"]/g, '`$&').replace(/[^\x20-\x7E]/g, (sign) => `$([char]${String(sign.charCodeAt(0))})`)}"`;
  assert(
    property(string({ unit: 'binary', maxLength: 20 }), (text) => {
      const sent = parseInvocation(`Invoke-WebRequest -Uri "${URL}" \`\n-Method "POST" \`\n-Body ${quote(text)}`);
      expect(sent.body.toString()).toBe(text);
    }),
    { numRuns: 300 },
  );
});
