/** Takes secrets out of texts before they are told or written down: the keys of the world, and whatever looks like a hash. */
import { GOOD_KEY } from '../contract/case-request.ts';
import { isSecretName, nameOf } from '../control/request-view.ts';
import { MASKED_KEY, SHORTEST_MASKED, withoutHashes } from '../mor/in-words.ts';
import type { Reseller } from '../mor/model.ts';
import type { MorState } from '../mor/state.ts';
import type { ReceivedParam } from '../world/journal.ts';

/** What stands for a hash that is written down. */
export const WRONG_HASH = 'wrong';

/** As much of a text as is looked through before it is told. */
const LONGEST_READ = 65_536;

/** How many keys a hash is tried with, and how many secret values of one request are looked for. */
const MOST_KEYS = 20;
const MOST_VALUES = 100;

export class Secrets {
  /** What stands for each key where something is written down. */
  readonly #standIns: ReadonlyMap<string, string>;
  /** The key of each reseller who has one, by username. */
  readonly #ownKeys: ReadonlyMap<string, string>;
  /** The keys that are long enough to be taken out of longer texts. */
  readonly #keys: RegExp;

  constructor(world: Pick<MorState, 'settings' | 'users'>) {
    const resellers = world.users.filter((user) => user.type === 'reseller' && user.api_secret_key !== '') as readonly Reseller[];
    const ofResellers = resellers.map(({ id, api_secret_key }) => [api_secret_key, `${GOOD_KEY}-${String(id)}`] as const);
    this.#ownKeys = new Map(resellers.map(({ username, api_secret_key }) => [username, api_secret_key]));
    const { api_secret_key } = world.settings;
    this.#standIns = new Map([...ofResellers, ...(api_secret_key === '' ? [] : [[api_secret_key, GOOD_KEY] as const])]);
    // The longest first: one key may be a part of another.
    const long = this.keys.filter((key) => key.length >= SHORTEST_MASKED).toSorted((a, b) => b.length - a.length);
    this.#keys = long.length === 0 ? /(?!)/g : new RegExp(long.map(escaped).join('|'), 'g');
  }

  /** Every key, the administrator's last. */
  get keys(): readonly string[] {
    return [...this.#standIns.keys()];
  }

  /** The keys that a caller may have made his hash with: his own and the administrator's first, then some of others. */
  keysFor(username: string): readonly string[] {
    const own = this.#ownKeys.get(username);
    const others = this.keys.toReversed();
    return (own === undefined ? others : [own, ...others]).slice(0, MOST_KEYS);
  }

  /** A text to be told: keys, hashes and these other texts masked, the end of a very long one cut off. */
  masked(text: string, others: readonly string[] = []): string {
    const plain = text.slice(0, LONGEST_READ).replace(this.#keys, MASKED_KEY);
    return withoutHashes(without(plain, others));
  }

  /** A text to be written down: another key for each key, and neither a hash nor these other texts. A number is no key, whatever its digits. */
  replaced(text: string, others: readonly string[] = []): string {
    const standIn = this.#standIns.get(text);
    if (standIn !== undefined) return standIn;
    if (/^[0-9]*$/.test(text)) return text;
    const plain = text.replace(this.#keys, (key) => this.standInOf(key));
    return withoutHashes(without(plain, others), WRONG_HASH);
  }

  /** What stands for a key that is written down; an empty one is none. */
  standInOf(key: string): string {
    return this.#standIns.get(key) ?? '';
  }
}

/** The values that a request holds as passwords, hashes and the like, as far as they are long enough to be any: the first hundred. */
export function secretValues(received: readonly ReceivedParam[]): readonly string[] {
  const values = received.flatMap(({ name, value }) =>
    typeof value === 'string' && value.length >= SHORTEST_MASKED && isSecretName(nameOf(name)) ? [value] : [],
  );
  return values.slice(0, MOST_VALUES);
}

function without(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, MASKED_KEY), text);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
