import type { User, UserList } from '../mor/model.ts';
import { detachStrings } from './detach-string.ts';
import type { FixtureState } from './fixture-state.ts';

/** The users of a world: those of the fixtures, and behind them those that calls added. No call changes or removes one. */
export class UserOverlay {
  readonly fixtures: FixtureState;
  /** The id that the next user gets. */
  nextId: number;
  #added: User[] = [];
  readonly #byId = new Map<number, User>();
  readonly #byName = new Map<string, User>();
  #list: UserList;

  /** Nothing is added yet. */
  constructor(fixtures: FixtureState) {
    this.fixtures = fixtures;
    this.nextId = fixtures.nextUserId;
    this.#list = fixtures.users;
  }

  /** The same in maps of its own. */
  copy(): UserOverlay {
    const copy = new UserOverlay(this.fixtures);
    for (const user of this.#added) copy.add(user);
    copy.nextId = this.nextId;
    return copy;
  }

  /** Every user as of now: a later change makes another list. */
  get list(): UserList {
    return this.#list;
  }

  findById(id: number): User | undefined {
    return this.#byId.get(id) ?? this.fixtures.findUserById(id);
  }

  findByName(name: string): User | undefined {
    return this.#byName.get(name) ?? this.fixtures.findUserByName(name);
  }

  /** Whether a call made the user. */
  isCreated(id: number): boolean {
    return this.#byId.has(id);
  }

  /** Adds a user. That the id and the name are free is for the caller to check. */
  add(added: User): void {
    const user = Object.freeze(detachStrings(added));
    this.#added.push(user);
    this.#byId.set(user.id, user);
    this.#byName.set(user.username, user);
    this.nextId = Math.max(this.nextId, user.id + 1);
    this.#list = new AddedUsers(this.fixtures.users, this.#added, this.#added.length);
  }
}

/**
 * The users of the fixtures and the first ones of an array that only grows. A list takes no memory for each user: the journal keeps one
 * with each decision, and ten thousand users registered one by one would fill the heap with copies.
 */
class AddedUsers implements UserList {
  readonly #fixtures: readonly User[];
  readonly #added: readonly User[];
  readonly #count: number;

  constructor(fixtures: readonly User[], added: readonly User[], count: number) {
    this.#fixtures = fixtures;
    this.#added = added;
    this.#count = count;
  }

  get length(): number {
    return this.#fixtures.length + this.#count;
  }

  *[Symbol.iterator](): Generator<User, undefined> {
    yield* this.#fixtures;
    for (let i = 0; i < this.#count; i++) yield this.#added[i] as User;
  }

  find(isWanted: (user: User) => boolean): User | undefined {
    const found = this.#fixtures.find(isWanted);
    if (found !== undefined) return found;
    for (let i = 0; i < this.#count; i++) {
      const user = this.#added[i] as User;
      if (isWanted(user)) return user;
    }
    return undefined;
  }

  some(isWanted: (user: User) => boolean): boolean {
    return this.find(isWanted) !== undefined;
  }

  filter(isWanted: (user: User) => boolean): User[] {
    return Array.from(this).filter((user) => isWanted(user));
  }

  map<T>(convert: (user: User) => T): T[] {
    return Array.from(this, (user) => convert(user));
  }
}
