/** How the hash of a did_create is made, shown: for the admin API, the library and the command line. */
import { secretKeysOf } from '../mor/caller.ts';
import { didCreateHash, didCreateHashText } from '../mor/hash.ts';
import type { MorState } from '../mor/state.ts';
import { didYouMean, unknownName } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';
import { MASKED_KEY } from '../mor/in-words.ts';

/** What a hash is made for. */
export interface HashInput {
  /** The caller; his key is looked up. Default: `admin`. */
  readonly u?: string | undefined;
  /** As it will be sent. Default: left out. */
  readonly provider_id?: string | number | undefined;
  /** The number as it will be sent. */
  readonly did: string | number;
  /** Default: the key MOR checks the caller's hash with. */
  readonly api_secret_key?: string | undefined;
}

/** How a hash is shown. */
export interface HashOptions {
  /** The server that the curl line asks. Default: `http://127.0.0.1:8080`. */
  readonly url?: string | undefined;
}

/** How a hash is made. */
export interface HashView {
  /** The text that is hashed, its key masked. */
  readonly text: string;
  readonly hash: string;
  /** A line for a POSIX shell that sends the call. */
  readonly curl: string;
}

const FIELDS: readonly (keyof HashInput)[] = ['u', 'provider_id', 'did', 'api_secret_key'];

/** The text that is hashed, the hash, and a curl line that sends it to `url`. @throws MockMorError `OPTION_INVALID` */
export function hashRecipe(input: HashInput, { users, settings }: Pick<MorState, 'users' | 'settings'>, url: string): HashView {
  const fields = checkedFields(input);
  const { u = 'admin', provider_id = '', did } = fields;
  if (did === undefined) throw invalidOption('the hash needs did, the number as it will be sent');
  const call = { provider_id, did, api_secret_key: fields.api_secret_key ?? keyOf(u, users, settings) };
  const hash = didCreateHash(call);
  const sent = { u, ...(fields.provider_id === undefined ? {} : { provider_id }), did, hash };
  return { text: didCreateHashText({ ...call, api_secret_key: MASKED_KEY }), hash, curl: curlLine(url, sent) };
}

function checkedFields(input: HashInput): Readonly<Partial<Record<keyof HashInput, string>>> {
  const unknown = unknownName('field', Object.keys(input), FIELDS);
  if (unknown !== undefined) throw invalidOption(unknown);
  const given = Object.entries<unknown>({ ...input }).filter(([, value]) => value !== undefined && value !== null);
  const wrong = given.find(([, value]) => typeof value !== 'string' && typeof value !== 'number');
  if (wrong !== undefined) throw invalidOption(`${wrong[0]} must be a text or a number`);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

/** The first key MOR would check this caller's hash with. */
function keyOf(username: string, users: MorState['users'], settings: MorState['settings']): string {
  const user = users.find((known) => known.username === username);
  if (user === undefined) {
    const names = users.map((known) => known.username);
    throw invalidOption(
      `u "${username}" is no user of the fixtures.${didYouMean(username, names)} Known: ${names.slice(0, 50).join(', ')}.`,
    );
  }
  const [key] = secretKeysOf(user, settings);
  if (key === undefined) throw invalidOption(`there is no API secret key for "${username}". Give one as api_secret_key.`);
  return key;
}

function curlLine(url: string, params: Readonly<Record<string, string>>): string {
  const fields = Object.entries(params).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`);
  return ['curl', ...fields, quoted(`${url.replace(/\/+$/, '')}/billing/api/did_create`)].join(' ');
}

/** A word for a POSIX shell. */
function quoted(word: string): string {
  return /^[\w.:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
