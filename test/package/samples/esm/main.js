import { createRequire } from 'node:module';
import { createMockMor, didCreateHash } from 'mock-mor';

const { createMockMor: required } = createRequire(import.meta.url)('mock-mor');
const mor = await createMockMor();
const url = await mor.listen();
const call = { u: 'admin', provider_id: '1', did: '37060000099' };
const body = new URLSearchParams({ ...call, hash: didCreateHash({ ...call, api_secret_key: 'secret' }) });
await fetch(`${url}/billing/api/did_create`, { method: 'POST', body });
const [created] = mor.dids({ created: true });
await mor.close();
console.log(`${required === createMockMor ? 'same copy' : 'two copies'}, ${created?.did === call.did ? 'one DID' : 'no DID'}`);
