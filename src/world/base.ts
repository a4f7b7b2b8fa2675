import type { Did, Provider, Settings, User } from '../mor/model.ts';
import { DidColumns } from './did-columns.ts';
import type { DidBlock, DidRow } from './did-records.ts';
import { DidTable } from './did-table.ts';

/** A world as it was written, checked and with every default filled in. */
export interface WorldRecords {
  readonly settings: Settings;
  /** The id of the first DID that is created. Default: the highest id + 1. */
  readonly next_did_id?: number | undefined;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
  readonly dids: readonly (DidRow | DidBlock)[];
  /** All DIDs in columns, those of list files behind those of `dids`. Default: `dids` alone. */
  readonly columns?: DidColumns | undefined;
}

/** The part of a world that never changes: what the fixtures say, made for look-ups. */
export class Base {
  readonly settings: Settings;
  readonly nextDidId: number;
  readonly users: readonly User[];
  readonly providers: readonly Provider[];
  /** Every DID. Blocks stay blocks, whatever their size. */
  readonly dids: DidTable;
  readonly #usersByName: ReadonlyMap<string, User>;
  readonly #usersById: ReadonlyMap<number, User>;
  readonly #providersById: ReadonlyMap<number, Provider>;

  constructor(records: WorldRecords) {
    this.settings = Object.freeze({ ...records.settings });
    this.users = deeplyFrozen(records.users);
    this.providers = deeplyFrozen(records.providers);
    this.#usersByName = new Map(records.users.map((user) => [user.username, user]));
    this.#usersById = new Map(records.users.map((user) => [user.id, user]));
    this.#providersById = new Map(records.providers.map((provider) => [provider.id, provider]));
    this.dids = new DidTable(records.columns ?? DidColumns.of(records.dids));
    this.nextDidId = records.next_did_id ?? this.dids.nextId;
    Object.freeze(this);
  }

  findUserByName(username: string): User | undefined {
    return this.#usersByName.get(username);
  }

  findUserById(id: number): User | undefined {
    return this.#usersById.get(id);
  }

  findProviderById(id: number): Provider | undefined {
    return this.#providersById.get(id);
  }

  findDidByNumber(did: string): Did | undefined {
    return this.dids.findDidByNumber(did);
  }

  findDidById(id: number): Did | undefined {
    return this.dids.findDidById(id);
  }
}

/** A copy nobody can change, down to its last field. */
function deeplyFrozen<T>(value: T): T {
  const freeze = (part: unknown): void => {
    if (typeof part !== 'object' || part === null) return;
    Object.values(part).forEach(freeze);
    Object.freeze(part);
  };
  const copy = structuredClone(value);
  freeze(copy);
  return copy;
}
