/** Formats facts for a trace. Keys are masked, long texts are cut. */
import type { NamedKey } from './check.ts';
import type { CallerFacts } from './checks/caller.ts';
import { ADMINISTRATOR_ID, type Provider, type User, type UserList } from './model.ts';
import { NOT_TEXT } from './params.ts';
import { quote, quoteIfHidden, type QuoteOptions } from './quote.ts';
import { isSecretName, knownSecrets, redactStart, type KnownSecrets } from './redact.ts';

export { MASKED_KEY } from './redact.ts';

/** How many characters of a text are scanned for secrets. Much more than is shown, so that none is cut in two. */
export const MAX_SCANNED = 2000;

/** How many things are named before the rest is counted. */
const MAX_LISTED = 8;

/** Every key of a world, the administrator's first. */
export function listSecretKeys({ settings, users }: Pick<CallerFacts, 'settings' | 'users'>): readonly NamedKey[] {
  const ofResellers = Array.from(users).flatMap((user) =>
    user.type === 'reseller' ? [{ text: user.api_secret_key, owner: `the key of ${userInWords(user)}` }] : [],
  );
  return [{ text: settings.api_secret_key, owner: "the administrator's key" }, ...ofResellers].filter(({ text }) => text !== '');
}

/** The uniquehashes of a world. Each is a secret: with it a client can register users, or list them. */
export function listUniquehashes({ users }: Pick<CallerFacts, 'users'>): readonly NamedKey[] {
  return Array.from(users).flatMap((user) =>
    user.uniquehash === undefined ? [] : [{ text: user.uniquehash, owner: `the uniquehash of ${userInWords(user)}` }],
  );
}

/** What a text about a request is made of. */
type Spoken = Pick<CallerFacts, 'params' | 'settings' | 'users'> & Partial<Pick<CallerFacts, 'secretParams'>>;

/** Whose a secret is that the request has sent. */
const SENT = 'the request';

/** The keys of a world, and what the request sent as a password, a hash or the like: what no words about it may show. */
export function secretsIn(facts: Spoken): readonly NamedKey[] {
  const sent = Array.from(facts.params).flatMap(([name, text]) =>
    // A number in digits may be a part of another one.
    typeof text === 'string' && (facts.secretParams?.includes(name) === true || (isSecretName(name) && !/^[0-9]*$/.test(text)))
      ? [{ text, owner: SENT }]
      : [],
  );
  return [...listSecretKeys(facts), ...listUniquehashes(facts), ...sent];
}

/** Keys as what is secret. */
export function toKnownSecrets(keys: readonly NamedKey[]): KnownSecrets {
  // A number in digits is masked only where it is no part of another one.
  const isSentNumber = ({ owner, text }: NamedKey): boolean => owner === SENT && /^[0-9]*$/.test(text);
  return knownSecrets(
    keys.filter((key) => !isSentNumber(key)).map(({ text }) => text),
    keys.filter(isSentNumber).map(({ text }) => text),
  );
}

/** A text as sent, in quotes, every secret in it masked. Positions of hidden characters are those in the masked text. */
export function shown(text: string, keys: readonly NamedKey[], options?: QuoteOptions): string {
  return quote(redactStart(text, toKnownSecrets(keys), MAX_SCANNED), options);
}

/** A parameter as it came: `did "370"`, `did was not sent`. */
export function paramInWords(facts: Spoken, name: string): string {
  const value = facts.params.get(name);
  if (value === undefined) return `${name} was not sent`;
  if (value === NOT_TEXT) return `${name} is not a string: a list, a map or a file`;
  return value === '' ? `${name} is empty` : `${name} ${shown(value, secretsIn(facts))}`;
}

/** `user 7 (reseller bob)`; `user 0 (admin)` where the name says no more than the type. */
export function userInWords({ id, type, username }: User): string {
  return `user ${String(id)} (${username === type ? type : `${type} ${quoteIfHidden(username)}`})`;
}

/** `provider 1 (Main trunk)`, or without a name. */
export function providerNamed({ id, name }: Provider): string {
  return `provider ${String(id)}${name === '' ? '' : ` (${quoteIfHidden(name)})`}`;
}

/** Whose something is. */
export function ownerInWords(id: number, users: UserList): string {
  if (id === ADMINISTRATOR_ID) return 'the administrator';
  const owner = users.find((user) => user.id === id);
  return owner === undefined ? `user ${String(id)}` : userInWords(owner);
}

export function onOrOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}

/** `1, 2, 3`; of many only the first, and how many more there are. */
export function listed(things: readonly (string | number)[]): string {
  const rest = things.length - MAX_LISTED;
  const named = things.slice(0, MAX_LISTED).map((thing) => quoteIfHidden(String(thing)));
  return `${named.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}

/** `a, b and c`. */
export function joined(things: readonly string[], word = 'and'): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} ${word} ${things.at(-1) ?? ''}`;
}
