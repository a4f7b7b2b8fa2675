/** Takes secrets out of texts before they are logged or written down: the keys of the world, and whatever looks like a hash. */
import { GOOD_KEY } from '../contract/case-request.ts';
import { sentSecrets } from '../control/request-secrets.ts';
import type { Reseller } from '../mor/model.ts';
import { knownSecrets, MASKED_KEY, redactKnown, redactPath, redactStart, redactText, type KnownSecrets } from '../mor/redact.ts';
import type { MorState } from '../mor/state.ts';
import type { Asked } from './asked.ts';

/** What stands for a hash that is written down. */
export const WRONG_HASH = 'wrong';

/** How many characters of a text are scanned for secrets before it is logged. */
const MAX_SCANNED = 65_536;

/** How many keys a hash is tried with. */
const MAX_KEYS = 20;

export class Secrets {
  /** What stands for each key where something is written down. */
  readonly #standIns: ReadonlyMap<string, string>;
  /** The key of each reseller who has one, by username. */
  readonly #ownKeys: ReadonlyMap<string, string>;
  readonly #keys: KnownSecrets;
  readonly #usernames: ReadonlySet<string>;

  constructor(world: Pick<MorState, 'settings' | 'users'>) {
    const resellers = world.users.filter((user) => user.type === 'reseller' && user.api_secret_key !== '') as readonly Reseller[];
    const ofResellers = resellers.map(({ id, api_secret_key }) => [api_secret_key, `${GOOD_KEY}-${String(id)}`] as const);
    this.#ownKeys = new Map(resellers.map(({ username, api_secret_key }) => [username, api_secret_key]));
    const { api_secret_key } = world.settings;
    this.#standIns = new Map([...ofResellers, ...(api_secret_key === '' ? [] : [[api_secret_key, GOOD_KEY] as const])]);
    this.#keys = knownSecrets(this.keys);
    this.#usernames = new Set(world.users.map(({ username }) => username));
  }

  /** Every key, the administrator's last. */
  get keys(): readonly string[] {
    return [...this.#standIns.keys()];
  }

  /** The keys that a caller may have made his hash with: his own and the administrator's first, then some of others. */
  keysFor(username: string): readonly string[] {
    const own = this.#ownKeys.get(username);
    const others = this.keys.toReversed();
    return (own === undefined ? others : [own, ...others]).slice(0, MAX_KEYS);
  }

  /** What may not be shown of a request. */
  ofRequest(asked: Pick<Asked, 'received' | 'headerSecrets'> | undefined): KnownSecrets {
    return this.#with(sentBy(asked));
  }

  /** Whether a user of the world is called so. */
  isUsername(text: string): boolean {
    return this.#usernames.has(text);
  }

  /** A text to be logged: keys, hashes, passwords and these other texts masked, the end of a very long one cut off. */
  masked(text: string, others: readonly string[] = []): string {
    return redactStart(text, this.#with(others), MAX_SCANNED);
  }

  /** The same for texts of the mock. */
  maskedKeys(text: string): string {
    return redactKnown(text.slice(0, MAX_SCANNED), this.#keys);
  }

  /** A path, without what may be parameters in it. */
  maskedPath(path: string): string {
    return redactPath(path, this.#keys);
  }

  /** A text to be written down: another key for each key, and neither a hash nor a password nor these other texts. A number is no key, whatever its digits. */
  replaced(text: string, others: readonly string[] = []): string {
    const standIn = this.#standIns.get(text);
    if (standIn !== undefined) return standIn;
    if (/^[0-9]*$/.test(text)) return text;
    return redactText(text, this.#with(others), { key: (key) => this.standInOf(key), hash: WRONG_HASH, other: MASKED_KEY });
  }

  /** What stands for a key that is written down; an empty one is none. */
  standInOf(key: string): string {
    return this.#standIns.get(key) ?? '';
  }

  #with(others: readonly string[]): KnownSecrets {
    return others.length === 0 ? this.#keys : { keys: this.#keys.keys, sent: knownSecrets([], others).sent };
  }
}

/** What a request sent as passwords, hashes and the like. */
export function sentBy(asked: Pick<Asked, 'received' | 'headerSecrets'> | undefined): readonly string[] {
  return asked === undefined ? [] : [...sentSecrets(asked.received), ...asked.headerSecrets];
}
