/** A world with something to see in every view. */
import { createMockMor, type MockMor } from '../../src/index.ts';
import { sendCall } from './browser.ts';

/** Each view, and each part of the world, by the name of its picture. */
export const VIEWS: readonly (readonly [name: string, hash: string])[] = [
  ['requests', '#/requests'],
  ['decision', '#/requests/6'],
  ['dids', '#/dids'],
  ['did', '#/dids/3'],
  ['console', '#/console?call=did_create&p.u=admin&p.provider_id=1&p.did=37061234567'],
  ['faults', '#/faults'],
  ['coverage', '#/coverage'],
  ['world', '#/world'],
  ['settings', '#/world/settings'],
  ['snapshots', '#/world/time'],
  ['fixtures', '#/world/fixtures'],
  ['sandboxes', '#/world/sandboxes'],
  ['run', '#/world/run'],
];

/** Starts a mock that has answered requests of every kind. */
export async function startFullWorld(): Promise<{ mor: MockMor; url: string }> {
  const mor = await createMockMor();
  const url = await mor.listen();
  for (let last = 0; last < 5; last++)
    await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: `3706000010${String(last)}` });
  await sendCall(url, 'did_create', {
    u: 'reseller_reader',
    provider_id: '3',
    did: '37060000105',
    Comment: 'misspelt',
    hash: '0'.repeat(40),
  });
  await sendCall(url, 'did_create', { u: 'admin', provider_id: '1', did: '37060000101' });
  await sendCall(url, 'did_terminate', { u: 'admin', dids_id: '3' });
  await sendCall(url, 'did_close', { u: 'admin', dids_id: '4' });
  await sendCall(url, 'did_crate', { u: 'admin', hash: 'x' });
  mor.addFault({ http: { status: 503 }, match: { call: 'dids_get' } });
  await sendCall(url, 'dids_get', { u: 'admin' });
  mor.addFault({ connection: 'reset', phase: 'after', times: 2 });
  mor.putDid({ did: '37060000200', provider_id: 1, status: 'closed', comment: 'put there by a tester' });
  mor.takeSnapshot('before-import');
  mor.createSandbox({ name: 'suite-1' });
  return { mor, url };
}
