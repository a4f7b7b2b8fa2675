import type { Did, Provider, Settings, User } from './model.ts';

/** What a call may look up. It reads one moment of one world and changes nothing. */
export interface World {
  readonly settings: Settings;
  /** The id the next DID gets: one gap-free sequence, and only a call that succeeds takes one. Above `MAX_ID` where none is left. */
  readonly nextDidId: number;
  /** Every user. */
  readonly users: readonly User[];
  /** Every provider. */
  readonly providers: readonly Provider[];
  /** The user of exactly this name, case included. */
  userNamed(username: string): User | undefined;
  userWithId(id: number): User | undefined;
  providerWithId(id: number): Provider | undefined;
  /** The DID of exactly this number, whoever owns it and whatever its status. */
  didNumbered(did: string): Did | undefined;
}

/** What a call wants changed. The world's keeper carries it out; a call itself changes nothing. */
export interface Change {
  readonly kind: 'addDid';
  readonly did: Did;
}
