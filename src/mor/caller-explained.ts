/** The rules every call shares, in words, and the diagnosis of a hash. Asked only when a trace is read. */
import { diagnoseHash } from '../explain/diagnose-hash.ts';
import type { Param } from '../explain/hash-variants.ts';
import { callerMayUseApi, type CallerFacts } from './caller.ts';
import { sha1Hex } from './hash.ts';
import { joined, keysOf, listed, MASKED_KEY, onOrOff, paramInWords, shown, userInWords, type NamedKey } from './in-words.ts';
import { NOT_TEXT, textToHash, trimmed } from './params.ts';
import { quote } from './quote.ts';
import type { Explanations } from './trace.ts';

type SharedError = 'apiDisabled' | 'getDisabled' | 'secretKeyMissing' | 'hashIncorrect' | 'accessDenied';

/** How a call's hash is made, for words about it. */
export interface HashRule<Facts> {
  /** The parameters in front of the key, in their order. */
  readonly names: readonly string[];
  /** What a client may have hashed for a parameter that it left out. */
  readonly fallbacks?: (facts: Facts) => readonly Param[];
  /** A recipe that some callers may use and others not: its text in front of the key, and what to say of it. */
  readonly known?: (facts: Facts) => { readonly text: string; readonly sentence: string } | undefined;
}

/** Explanations of the checks that every call begins with. */
export function callerExplained({ names }: HashRule<never>): Explanations<CallerFacts, SharedError> {
  return {
    apiDisabled: {
      check: 'the API is on for the caller',
      saw: (facts) => (facts.caller === undefined ? notAsked(facts) : switches(facts)),
      mend: ({ caller }) =>
        `allow_api: true${caller?.type === 'reseller' ? `, in the settings or on ${userInWords(caller)}` : ' in the settings'}`,
    },
    getDisabled: {
      check: 'the method is POST, or GET is allowed',
      saw: (facts) =>
        facts.caller === undefined
          ? notAsked(facts)
          : `sent as ${facts.sentAsGet ? 'GET' : 'POST'}; allow_get_api is ${onOrOff(facts.getIsAllowed)}`,
      mend: () => 'send it as POST, or allow_get_api: true in the settings',
    },
    secretKeyMissing: {
      check: 'there is a secret key to check the hash with',
      saw: (facts) => (facts.caller === undefined ? notAsked(facts) : keysInWords(facts)),
      mend: ({ caller }) =>
        caller?.type === 'reseller'
          ? `an api_secret_key in the settings while allow_api is on, or on ${userInWords(caller)} with allow_api: true`
          : 'an api_secret_key in the settings',
    },
    hashIncorrect: {
      check: `the hash is the SHA-1 of ${joined([...names, 'the secret key'])}`,
      saw: hashInWords,
      mend: (facts) => hashMend(facts, names),
      isOpen: (facts) => facts.secretKeys.length === 0 && facts.textsToHash.length > 0 && /^[0-9a-f]{40}$/.test(facts.sentHash ?? ''),
    },
    accessDenied: {
      check: 'the caller is an admin, an accountant or a reseller',
      saw: callerInWords,
      mend: (facts) => callerMend(facts),
    },
  };
}

/** Who calls: `the caller is user 6 (admin joe)`. */
export function callerInWords(facts: CallerFacts): string {
  const { caller, params, users } = facts;
  if (caller !== undefined) return `the caller is ${userInWords(caller)}`;
  const u = params.get('u');
  if (u === undefined || u === NOT_TEXT || u === '') return paramInWords(facts, 'u');
  const meant = users.find(({ username }) => trimmed(username).toLowerCase() === trimmed(u).toLowerCase());
  const hint = meant === undefined ? '' : `, and names count to the letter: there is ${quote(meant.username)}`;
  return `no user is called ${shown(u, keysOf(facts))}${hint}`;
}

/** Where a hash that is checked depends on a parameter, its mend asks for a new hash. */
export function andAnew({ hashIsChecked }: CallerFacts): string {
  return hashIsChecked ? '; the hash changes with it' : '';
}

/** The diagnosis of a hash; undefined if none was sent, if it is not checked, or if it matches. */
export function hashSentence<Facts extends CallerFacts>(facts: Facts, { names, fallbacks, known }: HashRule<Facts>): string | undefined {
  const sent = facts.params.get('hash');
  if (sent === undefined) return undefined;
  const every = keysOf(facts);
  // Nobody knows which key an unknown caller is meant to have; the hash is judged once he is known.
  const keys = facts.caller === undefined ? every : every.filter(({ text }) => facts.secretKeys.includes(text));
  if (!facts.hashIsChecked || keys.length === 0 || fittingKey(facts, keys) !== undefined) return undefined;
  const values = names.flatMap((name) => {
    const text = textToHash(facts.params, name);
    return text === undefined ? [] : [{ name, text }];
  });
  if (values.length < names.length) {
    const odd = names.filter((name) => facts.params.get(name) === NOT_TEXT);
    return `no hash fits: ${joined(odd)} ${odd.length === 1 ? 'is not a string, but a list, a map or a file' : 'are not strings, but lists, maps or files'}`;
  }
  if (sent === NOT_TEXT) return 'the hash is not a string, but a list, a map or a file';
  const others = Array.from(facts.params, ([name, text]) => ({ name, text })).filter(
    (param): param is Param => typeof param.text === 'string' && param.text !== '' && param.name !== 'hash' && !names.includes(param.name),
  );
  return diagnoseHash({
    sent,
    params: values,
    otherParams: others,
    defaults: fallbacks?.(facts) ?? [],
    keys,
    otherKeys: every.filter((key) => !keys.includes(key)),
    deprecatedRecipe: known?.(facts),
    show: (text) => shown(text, every),
  });
}

/** The first key that the hash as sent fits. */
function fittingKey({ sentHash, textsToHash }: CallerFacts, keys: readonly NamedKey[]): NamedKey | undefined {
  if (sentHash === undefined) return undefined;
  return keys.find((key) => textsToHash.some((text) => sha1Hex(text + key.text) === sentHash));
}

function notAsked(facts: CallerFacts): string {
  return `not asked of an unknown caller: ${callerInWords(facts)}`;
}

function switches({ caller, settings }: CallerFacts): string {
  const global = `allow_api is ${onOrOff(settings.allow_api)}`;
  return caller?.type === 'reseller' ? `${global}; that of ${userInWords(caller)} is ${onOrOff(caller.allow_api)}` : global;
}

function ownersOf(facts: CallerFacts): readonly string[] {
  const every = keysOf(facts);
  return facts.secretKeys.map((text) => every.find((key) => key.text === text)?.owner ?? 'a key');
}

function keysInWords(facts: CallerFacts): string {
  if (!facts.hashIsChecked) return 'disable_hash_checking is on: none is needed';
  if (facts.secretKeys.length > 0) return `there is ${joined(ownersOf(facts), 'or')}`;
  const { caller, settings } = facts;
  const ofAdmin = settings.api_secret_key === '' ? 'the settings have none' : 'that of the settings does not count while allow_api is off';
  if (caller?.type !== 'reseller') return ofAdmin;
  return `${ofAdmin}; ${caller.api_secret_key === '' ? 'the caller has none of his own' : 'his own does not count while his allow_api is off'}`;
}

function hashInWords(facts: CallerFacts): string {
  if (facts.caller === undefined) return notAsked(facts);
  if (!facts.hashIsChecked) return 'not checked: disable_hash_checking is on';
  const every = keysOf(facts);
  const key = fittingKey(
    facts,
    every.filter(({ text }) => facts.secretKeys.includes(text)),
  );
  if (key !== undefined) return `it fits, with ${key.owner}`;
  if (facts.sentHash === undefined || facts.sentHash === '') return paramInWords(facts, 'hash');
  if (facts.secretKeys.length === 0) return 'there is no key to check it with';
  return facts.textsToHash.length === 0 ? 'a text that it is made of was sent as no text' : `it is not the SHA-1 of ${accepted(facts)}`;
}

function hashMend(facts: CallerFacts, names: readonly string[]): string {
  if (facts.textsToHash.length === 0) return `send ${joined(names)} as text, and the SHA-1 of them and the key in lower-case hex`;
  const key = facts.secretKeys.length === 0 ? 'a key that is set' : joined(ownersOf(facts), 'or');
  return `send in lower-case hex the SHA-1 of ${accepted(facts)}, where ${MASKED_KEY} is ${key}`;
}

/** The texts that may be hashed, each with the key masked. */
function accepted(facts: CallerFacts): string {
  const keys = keysOf(facts);
  return joined(
    facts.textsToHash.map((text) => shown(text, keys, { suffix: MASKED_KEY })),
    'or',
  );
}

function callerMend(facts: CallerFacts): string {
  const may = facts.users.filter((user) => callerMayUseApi(Object.assign({}, facts, { caller: user }))).map(({ username }) => username);
  const who = may.length === 0 ? 'a user of one of these types in the fixtures' : `as u one of: ${listed(may)}`;
  if (facts.caller !== undefined || !facts.hashIsChecked) return `send ${who}`;
  if (facts.params.get('hash') === undefined) return `send ${who}; a hash is then asked for too`;
  const key = fittingKey(facts, keysOf(facts));
  const hash = key === undefined ? 'does not fit any key' : `fits ${key.owner}`;
  return `send ${who}; the hash is then checked too: the one sent ${hash}`;
}
