import { createServer, type Server } from 'node:http';
import { createMockMor, didCreateHash, MockMorError, type DidView, type FixturesInput, type MockMor } from 'mock-mor';
import { pactStates, type PactStates } from 'mock-mor/pact';

const fixtures: FixturesInput = {
  settings: { api_secret_key: 'secret' },
  users: [{ id: 0, username: 'admin', type: 'admin' }],
  providers: [{ id: 1, name: 'Main trunk' }],
  dids: [
    { did: '37060000001', provider_id: 1 },
    { from: '37061000000', to: '37061000009', provider_id: 1 },
  ],
};

export async function example(): Promise<readonly DidView[]> {
  const mor: MockMor = await createMockMor({ fixtures, log: ({ level, message }) => console.error(level, message) });
  const server: Server = createServer(mor.handler);
  server.close();
  const url: string = await mor.listen({ port: 0 });
  const hash: string = didCreateHash({ provider_id: 1, did: '370', api_secret_key: 'secret' });
  await fetch(`${url}/billing/api/did_create?u=admin&provider_id=1&did=370&hash=${hash}`, { method: 'POST' });
  mor.patchSettings({ allow_get_api: true });
  mor.putDid({ did: '371', provider_id: 1 });
  const states: PactStates = pactStates(mor, { 'an empty MOR': {}, 'another world': (sandbox) => void sandbox.reset() });
  await states.stateHandlers['an empty MOR']?.();
  mor.reset();
  try {
    mor.replaceFixtures('users: []');
  } catch (error) {
    if (error instanceof MockMorError) console.error(error.code, error.issues.length);
  }
  const created: readonly DidView[] = mor.dids({ created: true });
  await mor.close();
  return created;
}

// @ts-expect-error -- a type that is none of MOR's
export const wrong: FixturesInput = { users: [{ id: 1, username: 'a', type: 'owner' }] };
// @ts-expect-error -- an option that is none
export const unknown = createMockMor({ prot: 1 });
