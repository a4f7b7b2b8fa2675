/** Keeps the mock's world in step with what the real server did, whatever the mock would have done. */
import { findText } from '../contract/parse-answer.ts';
import { findCall } from '../mor/calls/index.ts';
import { ADMINISTRATOR_ID, MAX_ID, type Did } from '../mor/model.ts';
import { idIn, getString, trimmed } from '../mor/params.ts';
import type { StateChange } from '../mor/state.ts';
import type { StateStore } from '../world/store.ts';
import type { Asked } from './asked.ts';
import type { MockAnswer } from './mock-answer.ts';
import { isSuccess, type RealAnswer } from './real-answer.ts';

/** The number that a call is to create; undefined if it creates none. */
export function getNewNumber({ call: name, params }: Asked): string | undefined {
  const call = findCall(name);
  if (call?.errors.includes('didExists') !== true) return undefined;
  const param = call.params.find(({ names }) => names === 'didNumber');
  const did = param === undefined ? '' : trimmed(getString(params, param.name) ?? '');
  return did === '' ? undefined : did;
}

/**
 * Does in the mock's world what the real server's answer says it did. If the mock would not have done it, only what the request for a
 * new number says is known.
 */
export function follow(asked: Asked, real: RealAnswer, mock: MockAnswer, store: StateStore): void {
  const number = getNewNumber(asked);
  if (number === undefined) {
    const result = mock.kind === 'reply' ? mock.decision.result : undefined;
    if (isSuccess(real) && result?.error === undefined) {
      for (const change of withRealIds(result?.changes ?? [], real, store)) store.apply(change);
    }
    return;
  }
  if (real.error === 'didExists') addKnownDid(number, asked, store);
  if (!isSuccess(real)) return;
  const old = store.findDidByNumber(number);
  // It was taken away on the real server, by other means than the API.
  if (old !== undefined) store.apply({ kind: 'did.remove', id: old.id });
  const { result } = mock.kind === 'reply' ? mock.decision : { result: undefined };
  const change = result?.error === undefined ? result?.changes.find((one) => one.kind === 'did.add') : undefined;
  const id = freeId(idIn(findText(real.xml?.content ?? [], 'id') ?? ''), store) ?? freeId(store.nextDidId, store);
  if (id === undefined) addKnownDid(number, asked, store);
  else store.apply({ kind: 'did.add', did: { ...(change?.did ?? didAsked(number, asked, store)), id } });
}

/** The changes with the ids that the real server gave to a new user and a new device, as far as its answer shows them and they are free. */
function withRealIds(changes: readonly StateChange[], real: RealAnswer, store: StateStore): readonly StateChange[] {
  const shown = (name: string): number | undefined => {
    const id = idIn(findText(real.xml?.content ?? [], name) ?? '');
    return id !== undefined && id >= 1 && id <= MAX_ID ? id : undefined;
  };
  const [userId, deviceId] = [shown('user_id'), shown('id')];
  const newUser = changes.find((change) => change.kind === 'user.add')?.user;
  const realUserId = userId !== undefined && store.findUserById(userId) === undefined ? userId : newUser?.id;
  return changes.map((change): StateChange => {
    if (change.kind === 'user.add') return { ...change, user: { ...change.user, id: realUserId ?? change.user.id } };
    if (change.kind !== 'device.add') return change;
    const { device } = change;
    const user_id = device.user_id === newUser?.id ? (realUserId ?? device.user_id) : device.user_id;
    const id = newUser === undefined && deviceId !== undefined && store.findDeviceById(deviceId) === undefined ? deviceId : device.id;
    return { ...change, device: { ...device, id, user_id } };
  });
}

/** A DID of which only the number is known. Its id is no part of the sequence, which goes on where the real server's does. */
export function addKnownDid(number: string, asked: Asked, store: StateStore): void {
  if (store.findDidByNumber(number) !== undefined) return;
  const { nextDidId } = store;
  let id = MAX_ID;
  while (store.findDidById(id) !== undefined) id -= 1;
  store.apply({ kind: 'did.add', did: { ...didAsked(number, asked, store), id } }, 'tester');
  store.patchSettings({}, nextDidId);
}

function freeId(id: number | undefined, store: StateStore): number | undefined {
  return id !== undefined && id >= 1 && id <= MAX_ID && store.findDidById(id) === undefined ? id : undefined;
}

/** What can be known of a DID by the request for it. */
function didAsked(did: string, { params }: Asked, store: StateStore): Omit<Did, 'id'> {
  const caller = store.findUserByName(getString(params, 'u') ?? '');
  const named = idIn(getString(params, 'provider_id') ?? '') ?? store.settings.default_did_provider_id;
  return {
    did,
    provider_id: named ?? 0,
    reseller_id: caller?.type === 'reseller' ? caller.id : ADMINISTRATOR_ID,
    status: 'free',
    custom_sip_header: '',
    comment: '',
    reseller_comment: '',
  };
}
