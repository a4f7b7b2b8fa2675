import { signParams } from '../../../src/contract/signed.ts';
import type { FixturesInput } from '../../../src/index.ts';
import { findCall } from '../../../src/mor/calls/index.ts';
import { page } from '../../../src/mor/reply.ts';
import { createState } from '../../support/pure-call.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret', dialect: 'legacy' },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 8, username: 'user', type: 'user' },
  ],
  providers: [{ id: 1 }],
  devices: [
    { id: 1, user_id: 8 },
    { id: 11, user_id: 8, trunk: 1 },
  ],
  dids: [{ id: 1, did: '370', provider_id: 1 }],
};

test.each([
  ['did_device_assign', '1', { status: 'Device assigned to DID' }],
  ['did_trunk_device_assign', '11', { status: { success: 'Device assigned to DID' } }],
])('%s, dialect: legacy -> the success of its time', (call, device_id, reply) => {
  const found = findCall(call)!;
  const params = signParams(found, { u: 'admin', device_id, did: '370' });
  const state = createState(WORLD);
  const { result } = found.decide({ method: 'POST', params: new Map(Object.entries(params)) }, state);
  expect(result).toEqual({
    reply: page(reply),
    changes: [{ kind: 'did.update', id: 1, fields: { status: 'active', device_id: Number(device_id), user_id: 8 } }],
  });
});
