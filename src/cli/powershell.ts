/** Reads PowerShell as browsers copy it: `Invoke-WebRequest`, `Invoke-RestMethod`, and the words of other commands. */
import { invalidOption } from '../problems.ts';
import { getQuery, type CopiedRequest } from './parse-curl.ts';

interface Token {
  readonly kind: 'blank' | 'line' | 'quoted' | 'bare';
  readonly text: string;
}

/** A line end that is escaped, a blank, a text in single or double quotes, an escaped character, a sign of the syntax, or plain text. */
const TOKEN = /(`\r?\n|[^\S\n]+)|(\n\s*)|'((?:[^']|'')*)'|"((?:[^"`]|`[\s\S]|"")*)"|`([\s\S])|(@\{|[{}()=;,|])|([^\s'"`@{}()=;,|]+|@)/gy;

const ESCAPES: Readonly<Record<string, string>> = { 0: '\0', a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const INVOCATION = /(?:^|[\s;=|(])(?:Invoke-WebRequest|Invoke-RestMethod|iwr|irm|curl(?=\s[^\n]*\s-(?:Uri|Method|Body|Headers)\b))(?=\s)/i;

/** Whether a text calls `Invoke-WebRequest`, `Invoke-RestMethod` or an alias of them. */
export function isInvocation(text: string): boolean {
  return INVOCATION.test(text);
}

/** The words of a command of PowerShell. @throws MockMorError `OPTION_INVALID` if a quote is not closed */
export function splitPowerShell(text: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (const token of tokenize(text)) {
    const isBlank = token.kind === 'blank' || token.kind === 'line';
    if (!isBlank) word = (word ?? '') + token.text;
    else if (word !== undefined) {
      words.push(word);
      word = undefined;
    }
  }
  return word === undefined ? words : [...words, word];
}

/**
 * The request that `Invoke-WebRequest` or `Invoke-RestMethod` sends. What comes before the command is not read.
 *
 * @throws MockMorError `OPTION_INVALID` for what only PowerShell can evaluate
 */
export function parseInvocation(text: string): CopiedRequest {
  const match = INVOCATION.exec(text);
  const values = readParameters(tokenize(text.slice((match?.index ?? 0) + (match?.[0].length ?? 0))));
  const url = toText(values.get('uri'));
  if (url === '') throw invalidOption('the PowerShell command has no -Uri');
  const sent = values.get('form') ?? values.get('body') ?? '';
  const method = (toText(values.get('method')) || toText(values.get('custommethod')) || 'GET').toUpperCase();
  const encoded = typeof sent === 'string' ? sent : new URLSearchParams(sent).toString();
  // A table is the query of a GET, and a form in any other request.
  const isQuery = method === 'GET' && typeof sent !== 'string';
  return {
    method,
    url,
    query: [getQuery(url), ...(isQuery ? [encoded] : [])].filter((part) => part !== '').join('&'),
    body: Buffer.from(isQuery ? '' : encoded),
    contentType: toText(values.get('contenttype')) || contentTypeIn(values.get('headers')) || 'application/x-www-form-urlencoded',
  };
}

/** A text, or a table such as `@{ u = 'admin' }`. */
type Value = string | Readonly<Record<string, string>>;

/** The parameters by their names in lower case. A switch is an empty text; a value without a name is the address. */
function readParameters(tokens: readonly Token[]): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>();
  const waiting = [...tokens];
  for (;;) {
    skip(waiting, ['blank']);
    const [next] = waiting;
    if (next === undefined || next.kind === 'line' || isSign(next, '|;')) return values;
    let name = 'uri';
    if (isName(next)) {
      name = next.text.slice(1).toLowerCase();
      waiting.shift();
      skip(waiting, ['blank']);
    }
    const [first] = waiting;
    const isSwitch = first === undefined || first.kind === 'line' || isName(first);
    const value = isSwitch ? '' : readValue(waiting);
    if (/^(?:uri|body|form)$/.test(name) && first?.kind === 'bare' && first.text.startsWith('$'))
      throw invalidOption(`-${name} is ${first.text}, a variable that only PowerShell knows: put its value there`);
    values.set(name, value);
  }
}

function readValue(waiting: Token[]): Value {
  const [first] = waiting;
  if (isSign(first, '@{')) return readTable(waiting);
  if (isSign(first, '(')) return readExpression(waiting);
  let text = '';
  while (waiting[0] !== undefined && /^(?:quoted|bare)$/.test(waiting[0].kind)) text += waiting.shift()?.text ?? '';
  return text;
}

/** `@{ name = value; … }`, or one entry a line. */
function readTable(waiting: Token[]): Readonly<Record<string, string>> {
  const table: Record<string, string> = {};
  waiting.shift();
  for (;;) {
    skip(waiting, ['blank', 'line'], ';');
    const token = waiting.shift();
    if (token === undefined) throw invalidOption('a table of the PowerShell command is not closed: }');
    if (isSign(token, '}')) return table;
    skip(waiting, ['blank']);
    if (!isSign(waiting.shift(), '=')) throw invalidOption(`a table of the PowerShell command has no = behind ${token.text}`);
    skip(waiting, ['blank']);
    let value = '';
    while (waiting[0] !== undefined && /^(?:quoted|bare)$/.test(waiting[0].kind) && !isSign(waiting[0], ';}'))
      value += waiting.shift()?.text ?? '';
    table[token.text] = value;
  }
}

/** `([System.Text.Encoding]::UTF8.GetBytes("…"))`, as browsers write a body that is not ASCII. */
function readExpression(waiting: Token[]): string {
  const [, ...rest] = waiting;
  const end = rest.findIndex((token, i) => isSign(token, ')') && isSign(rest[i + 1], ')'));
  const inner = rest.slice(0, Math.max(0, end)).filter(({ kind }) => kind !== 'blank');
  const [method, open, text] = inner;
  if (inner.length !== 3 || method?.text !== '[System.Text.Encoding]::UTF8.GetBytes' || !isSign(open, '(') || text?.kind !== 'quoted')
    throw invalidOption('the PowerShell command has an expression in parentheses that only PowerShell can evaluate: put its value there');
  waiting.splice(0, end + 3);
  return text.text;
}

function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let end = 0;
  for (const [piece, blank, line, single, double, escaped] of text.replace(/\r\n/g, '\n').matchAll(TOKEN)) {
    end += piece.length;
    const quoted = single?.replaceAll("''", "'") ?? (double === undefined ? undefined : unescape(double));
    if (blank !== undefined) tokens.push({ kind: 'blank', text: piece });
    else if (line !== undefined) tokens.push({ kind: 'line', text: piece });
    else if (quoted !== undefined || escaped !== undefined) tokens.push({ kind: 'quoted', text: quoted ?? escaped ?? '' });
    else tokens.push({ kind: 'bare', text: piece });
  }
  const rest = text.replace(/\r\n/g, '\n').slice(end);
  if (rest !== '') throw invalidOption(`a quote is not closed in: ${rest.slice(0, 60)}`);
  return tokens;
}

/** What a text in double quotes means. A variable is left as it is written. */
function unescape(text: string): string {
  return text.replace(/`([\s\S])|""|\$\(\[char\](\d{1,5})\)/g, (piece, letter: string | undefined, code: string | undefined) => {
    if (letter !== undefined) return ESCAPES[letter] ?? letter;
    return code === undefined ? piece.slice(1) : String.fromCharCode(Number(code));
  });
}

function skip(waiting: Token[], kinds: readonly Token['kind'][], sign?: string): void {
  while (waiting[0] !== undefined && (kinds.includes(waiting[0].kind) || (sign !== undefined && isSign(waiting[0], sign)))) waiting.shift();
}

/** Whether a token is the sign, or one of several of one character. */
function isSign(token: Token | undefined, signs: string): boolean {
  return token?.kind === 'bare' && token.text !== '' && (token.text === signs || (token.text.length === 1 && signs.includes(token.text)));
}

function isName(token: Token): boolean {
  return token.kind === 'bare' && /^-[a-z]/i.test(token.text);
}

function toText(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function contentTypeIn(headers: Value | undefined): string {
  const entries = typeof headers === 'object' ? Object.entries(headers) : [];
  return entries.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
}
