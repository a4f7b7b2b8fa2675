/** Facts in words, for whoever reads a trace. Keys are masked, long texts cut. */
import type { NamedKey } from './check.ts';
import type { CallerFacts } from './checks/caller.ts';
import { ADMINISTRATOR_ID, type Provider, type Reseller, type User } from './model.ts';
import { NOT_TEXT } from './params.ts';
import { quote, quoteIfHidden, type QuoteOptions } from './quote.ts';

/** What stands for a key in everything that is shown. */
export const MASKED_KEY = '***';

/** As much of a text as is looked through for keys: far more than is told, so that none is cut in two. */
export const LONGEST_READ = 2000;

/** Shorter keys guard nothing, and to mask them would blot out ids and numbers. */
export const SHORTEST_MASKED = 4;

/** How many things are named before the rest is counted. */
const MOST_LISTED = 8;

/** Every key of a world, the administrator's first. */
export function keysOf({ settings, users }: Pick<CallerFacts, 'settings' | 'users'>): readonly NamedKey[] {
  const resellers = users.filter((user): user is Reseller => user.type === 'reseller');
  return [
    { text: settings.api_secret_key, owner: "the administrator's key" },
    ...resellers.map((user) => ({ text: user.api_secret_key, owner: `the key of ${userInWords(user)}` })),
  ].filter(({ text }) => text !== '');
}

/** A text with every key in it masked. */
export function masked(text: string, keys: readonly NamedKey[]): string {
  return keys.reduce((rest, key) => (key.text.length >= SHORTEST_MASKED ? rest.replaceAll(key.text, MASKED_KEY) : rest), text);
}

/** Hex digits in a row, as many as an MD5 has or more. A long number is one too, unless it has a letter. */
const HEX_RUN = /[0-9A-Fa-f]{32,}/g;

/** A text with all in it that looks like a hash masked, or replaced. */
export function withoutHashes(text: string, standIn: string = MASKED_KEY): string {
  return text.replace(HEX_RUN, (run) => (/[A-Fa-f]/.test(run) ? standIn : run));
}

/** A text as sent, in quotes, every key in it masked. Positions of hidden characters are those in the masked text. */
export function shown(text: string, keys: readonly NamedKey[], options?: QuoteOptions): string {
  return quote(masked(text.slice(0, LONGEST_READ), keys), options);
}

/** A parameter as it came: `did "370"`, `did was not sent`. */
export function paramInWords(facts: Pick<CallerFacts, 'params' | 'settings' | 'users'>, name: string): string {
  const value = facts.params.get(name);
  if (value === undefined) return `${name} was not sent`;
  if (value === NOT_TEXT) return `${name} is not a string: a list, a map or a file`;
  return value === '' ? `${name} is empty` : `${name} ${shown(value, keysOf(facts))}`;
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
export function ownerInWords(id: number, users: readonly User[]): string {
  if (id === ADMINISTRATOR_ID) return 'the administrator';
  const owner = users.find((user) => user.id === id);
  return owner === undefined ? `user ${String(id)}` : userInWords(owner);
}

export function onOrOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}

/** `1, 2, 3`; of many only the first, and how many more there are. */
export function listed(things: readonly (string | number)[]): string {
  const rest = things.length - MOST_LISTED;
  const named = things.slice(0, MOST_LISTED).map((thing) => quoteIfHidden(String(thing)));
  return `${named.join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}

/** `a, b and c`. */
export function joined(things: readonly string[], word = 'and'): string {
  return things.length < 2 ? things.join('') : `${things.slice(0, -1).join(', ')} ${word} ${things.at(-1) ?? ''}`;
}
