import type { Did, Provider, Settings, User } from '../mor/model.ts';
import type { World } from '../mor/world.ts';
import type { Base } from './base.ts';
import type { Store } from './store.ts';

/**
 * A world as one call saw it. Whoever decides the same call by it comes to the same, whatever has changed since: so the
 * journal need not keep how each call was decided, only by what.
 */
export class Moment implements World {
  readonly settings: Settings;
  readonly nextDidId: number;
  readonly #base: Base;
  readonly #store: Store;
  /** The number that was looked up: no call asks for a second. */
  #number: string | undefined = undefined;
  #found: Did | undefined = undefined;

  /** The world of a store as it is now. */
  constructor(store: Store) {
    this.settings = store.settings;
    this.nextDidId = store.nextDidId;
    this.#base = store.base;
    this.#store = store;
  }

  get users(): readonly User[] {
    return this.#base.users;
  }

  get providers(): readonly Provider[] {
    return this.#base.providers;
  }

  userNamed(username: string): User | undefined {
    return this.#base.userNamed(username);
  }

  userWithId(id: number): User | undefined {
    return this.#base.userWithId(id);
  }

  providerWithId(id: number): Provider | undefined {
    return this.#base.providerWithId(id);
  }

  didNumbered(did: string): Did | undefined {
    if (this.#number === undefined) {
      this.#number = did;
      this.#found = this.#store.didNumbered(did);
    }
    if (this.#number !== did) throw new Error('a call looked up a second number, and the journal keeps one');
    return this.#found;
  }
}
