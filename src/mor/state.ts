import type { Did, Provider, Settings, User } from './model.ts';

/** Whether a DID belongs to a list. */
export type DidPredicate = (did: Did) => boolean;

/** What a call may look up: the state of one world at one moment. A call changes nothing. */
export interface MorState {
  readonly settings: Settings;
  /** The id that the next DID gets: one sequence without gaps, and only a call that succeeds takes one. Above `MAX_ID` if no id is left. */
  readonly nextDidId: number;
  /** Every user. */
  readonly users: readonly User[];
  /** Every provider. */
  readonly providers: readonly Provider[];
  /** The user of exactly this name, case included. */
  findUserByName(name: string): User | undefined;
  findUserById(id: number): User | undefined;
  findProviderById(id: number): Provider | undefined;
  /** The DID of exactly this number, whatever its owner and its status. */
  findDidByNumber(number: string): Did | undefined;
  findDidById(id: number): Did | undefined;
  /**
   * The DIDs that a filter leaves, in the order of their ids. Default: all. It may be read later and more than once: it stays the
   * list at the time of the call. A list that is kept keeps the DIDs of that time in memory.
   */
  listDids(filter?: DidPredicate): Iterable<Did>;
}

/** What a call wants changed; the store applies it. An update never changes the id or the number. */
export type StateChange =
  | { readonly kind: 'did.add'; readonly did: Did }
  | { readonly kind: 'did.update'; readonly id: number; readonly fields: Partial<Omit<Did, 'id' | 'did'>> }
  | { readonly kind: 'did.remove'; readonly id: number };
