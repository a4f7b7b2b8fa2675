/** How the hash of a call is made, shown: for the admin API, the library and the command line. */
import { checkOptions } from '../check-options.ts';
import { getHashInput } from '../explain/call-hash.ts';
import { CALLS, findCall } from '../mor/calls/index.ts';
import { getSecretKeys } from '../mor/checks/caller.ts';
import type { Call } from '../mor/define-call.ts';
import { sha1Hex } from '../mor/hash.ts';
import { MASKED_KEY } from '../mor/in-words.ts';
import { quote, quoteIfHidden } from '../mor/quote.ts';
import type { MorState } from '../mor/state.ts';
import type { CallName } from '../mor/words.ts';
import { didYouMean, unknownName } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';

/** What a hash is made for: the parameters of the call as they will be sent, who sends them, and the key. */
export interface HashInput {
  /** The caller, whose key is looked up. Default: `admin`. */
  readonly u?: string | undefined;
  /** Default: the key that MOR checks the caller's hash with. */
  readonly api_secret_key?: string | undefined;
  /** Any parameter of the call. What is hashed and left out adds nothing. */
  readonly [param: string]: string | number | undefined;
}

/** How a hash is shown. */
export interface HashOptions {
  /** The server that the curl line asks. Default: `http://127.0.0.1:8080`. */
  readonly url?: string | undefined;
  /** Signs it wrong on purpose, to see what MOR says. Default: it is right. */
  readonly wrong?: WrongHash | undefined;
}

/**
 * How a hash is wrong. `recipe`: the one of the page's example, or the key alone. `order`: the key first, the parameters from the last to the
 * first. `no_key`: without a key. `unknown_caller`: right, but by a caller that there is not.
 */
export const WRONG_HASHES = ['recipe', 'order', 'no_key', 'unknown_caller'] as const;

/** How a hash is wrong on purpose. */
export type WrongHash = (typeof WRONG_HASHES)[number];

/** A hash of `did_create`, or of the call that is named first. */
export type HashArguments =
  readonly [input: HashInput, options?: HashOptions] | readonly [call: CallName | (string & {}), input: HashInput, options?: HashOptions];

/** Reads both forms of the arguments. @throws MockMorError `OPTION_INVALID` */
export function readHashArguments(args: HashArguments): { call: string; input: HashInput } & HashOptions {
  const [call, input, options = {}] = typeof args[0] === 'string' ? args : (['did_create', ...args] as const);
  if (!isHashInput(input)) throw invalidOption("hash takes parameters as an object, such as mor.hash('did_close', { dids_id: 1 })");
  checkOptions(options, { url: { type: 'anyString' }, wrong: { type: WRONG_HASHES } }, 'option', "{ url: 'http://127.0.0.1:8080' }");
  return { call: typeof call === 'string' ? call : 'did_create', input, ...(options as HashOptions) };
}

function isHashInput(value: unknown): value is HashInput {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** How a hash is made. */
export interface HashView {
  /** The text that is hashed, its key masked. */
  readonly text: string;
  /** Lower-case hex SHA-1 of the text. */
  readonly hash: string;
  /** A line for a POSIX shell that sends the call. */
  readonly curl: string;
  /** The same call for programs: the path below the server's, and what is sent. */
  readonly request: {
    /** As the curl line sends it. */
    readonly method: 'POST';
    /** The path of the call. */
    readonly path: string;
    /** The parameters with the hash. */
    readonly params: Readonly<Record<string, string>>;
  };
}

/** The same as text for people, a line each. Ends without a line feed. */
export function formatHash({ text, hash, curl }: HashView): string {
  return `text  ${text}\nhash  ${hash}\ncurl  ${curl}`;
}

/** The text that is hashed, the hash, and a curl line that sends it to `url`. @throws MockMorError `OPTION_INVALID` */
export function previewHash(
  callName: string,
  input: HashInput,
  state: Pick<MorState, 'users' | 'settings'>,
  url: string,
  wrong?: WrongHash,
): HashView {
  const call = findCall(callName);
  if (call === undefined)
    throw invalidOption(
      unknownName(
        'call',
        [callName],
        CALLS.map(({ name }) => name),
      ) ?? `there is no call ${quote(callName)}`,
    );
  const { u = 'admin', api_secret_key = getKey(input.u ?? 'admin', state), ...params } = checkFields(input, call);
  const getText = (key: string): string =>
    wrong === undefined ? getHashInput(call, params, key) : getWrongInput(wrong, call, { u, ...params }, key);
  const hash = sha1Hex(getText(api_secret_key));
  const sent = { u: wrong === 'unknown_caller' ? getUnknownName(u, state) : u, ...params, hash };
  return {
    text: getText(MASKED_KEY),
    hash,
    request: { method: 'POST', path: `/billing/api/${call.name}`, params: sent },
    curl: formatCurl(`${url.replace(/\/+$/, '')}/billing/api/${call.name}`, sent),
  };
}

/** What is hashed to be wrong. A call that hashes no parameter gets the caller's name in front of the key. */
function getWrongInput(wrong: WrongHash, call: Call, params: Readonly<Record<string, string>>, key: string): string {
  const right = getHashInput(call, params, key);
  const texts = call.hashed.map((name) => params[name] ?? '');
  if (wrong === 'unknown_caller') return right;
  if (wrong === 'no_key') return texts.join('');
  const old = (call.hashedWithoutDid ?? []).map((name) => params[name] ?? '');
  const input = wrong === 'recipe' ? [...old, key].join('') : [key, ...texts.toReversed()].join('');
  return input === right ? `${params['u'] ?? ''}${key}` : input;
}

/** A name that no user has. */
function getUnknownName(u: string, { users }: Pick<MorState, 'users'>): string {
  const name = `not-${u}`;
  return users.some(({ username }) => username === name) ? getUnknownName(name, { users }) : name;
}

function checkFields(input: HashInput, { params, hashed }: Call): Readonly<Record<string, string>> {
  const known = ['u', 'api_secret_key', ...params.map(({ name }) => name).filter((name) => name !== 'u' && name !== 'hash')];
  const unknown = unknownName('field', Object.keys(input), known);
  if (unknown !== undefined) throw invalidOption(unknown);
  const given = Object.entries<unknown>({ ...input }).filter(([, value]) => value !== undefined && value !== null);
  const wrong = given.find(([, value]) => typeof value !== 'string' && typeof value !== 'number');
  if (wrong !== undefined) throw invalidOption(`${wrong[0]} must be a string or a number`);
  const missing = params.find(
    ({ name, required }) => required === 'always' && hashed.includes(name) && !given.some(([given]) => given === name),
  );
  if (missing !== undefined) throw invalidOption(`the hash needs ${missing.name}, ${missing.description}, as it will be sent`);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** The first key that MOR would check this caller's hash with. */
function getKey(username: string, { users, settings }: Pick<MorState, 'users' | 'settings'>): string {
  const user = users.find((known) => known.username === username);
  if (user === undefined) {
    const names = users.map((known) => known.username);
    throw invalidOption(
      `u ${quote(username)} is no user of the fixtures.${didYouMean(username, names)} Known: ${names
        .slice(0, 50)
        .map((name) => quoteIfHidden(name))
        .join(', ')}.`,
    );
  }
  const [key] = getSecretKeys(user, settings);
  if (key === undefined) throw invalidOption(`there is no API secret key for ${quote(username)}. Give one as api_secret_key.`);
  return key;
}

function formatCurl(url: string, params: Readonly<Record<string, string>>): string {
  const fields = Object.entries(params).map(([name, value]) => `--data-urlencode ${quoteForShell(`${name}=${value}`)}`);
  return ['curl', ...fields, quoteForShell(url)].join(' ');
}

/** A word for a POSIX shell. */
export function quoteForShell(word: string): string {
  return /^[\w.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
