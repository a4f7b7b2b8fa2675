import type { Did, Provider, Settings, User } from './model.ts';

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
}

/** What a call wants changed; the store applies it. */
export interface StateChange {
  readonly kind: 'did.add';
  readonly did: Did;
}
