import type { Device, DialPlan, Did, Provider, Settings, User, UserList } from './model.ts';

/** Whether a DID belongs to a list. */
export type DidPredicate = (did: Did) => boolean;

/** What a call may look up. It reads one state and changes nothing. */
export interface MorState {
  readonly settings: Settings;
  /** The id the next DID gets: one gap-free sequence; only a call that succeeds takes one. Above `MAX_ID` if none is left. */
  readonly nextDidId: number;
  /** The ids that the next user and the next device get, as for DIDs. */
  readonly nextUserId: number;
  readonly nextDeviceId: number;
  /** Every user, those of the fixtures first. The list never changes. */
  readonly users: UserList;
  /** Every provider, as in the fixtures. */
  readonly providers: readonly Provider[];
  /** The user of exactly this name, case included. */
  findUserByName(username: string): User | undefined;
  findUserById(id: number): User | undefined;
  /** Every device, hidden ones too, those of the fixtures first. */
  readonly devices: readonly Device[];
  findDeviceById(id: number): Device | undefined;
  findDialPlanById(id: number): DialPlan | undefined;
  /** What time it is, in Unix seconds. */
  readonly now: number;
  findProviderById(id: number): Provider | undefined;
  /** The DID of exactly this number, of any owner and status. */
  findDidByNumber(did: string): Did | undefined;
  findDidById(id: number): Did | undefined;
  /** The DIDs that a device has. */
  listDidsOfDevice(id: number): readonly Did[];
  /** The DIDs in the order of their ids, as they are now: a change during the iteration is not seen. */
  listDids(isWanted?: DidPredicate): Iterable<Did>;
}

/** What a call wants changed. The store applies it; a call itself changes nothing. */
export type StateChange =
  | { readonly kind: 'did.add'; readonly did: Did }
  | { readonly kind: 'did.update'; readonly id: number; readonly fields: Partial<Omit<Did, 'id' | 'did'>> }
  | { readonly kind: 'did.remove'; readonly id: number }
  | { readonly kind: 'user.add'; readonly user: User }
  | { readonly kind: 'device.add'; readonly device: Device }
  | { readonly kind: 'device.update'; readonly id: number; readonly fields: Partial<Omit<Device, 'id' | 'user_id'>> }
  | { readonly kind: 'device.delete'; readonly id: number };
