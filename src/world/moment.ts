import type { Did, Provider, Settings, User } from '../mor/model.ts';
import type { MorState } from '../mor/state.ts';
import type { Base } from './base.ts';
import type { Store } from './store.ts';

/**
 * A world as one call saw it. Whoever decides the same call by it comes to the same, whatever has changed since: so the
 * journal need not keep how each call was decided, only by what.
 */
export class Moment implements MorState {
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

  findUserByName(username: string): User | undefined {
    return this.#base.findUserByName(username);
  }

  findUserById(id: number): User | undefined {
    return this.#base.findUserById(id);
  }

  findProviderById(id: number): Provider | undefined {
    return this.#base.findProviderById(id);
  }

  findDidByNumber(did: string): Did | undefined {
    if (this.#number === undefined) {
      this.#number = did;
      this.#found = this.#store.findDidByNumber(did);
    }
    if (this.#number !== did) throw new Error('a call looked up a second number, and the journal keeps one');
    return this.#found;
  }
}
