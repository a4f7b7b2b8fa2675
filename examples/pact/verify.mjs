/** The provider's side: holds mock-mor to what the shop expects. */
import { fileURLToPath } from 'node:url';
import { Verifier } from '@pact-foundation/pact';
import { createMockMor } from 'mock-mor';
import { pactStates } from 'mock-mor/pact';

const inThisFolder = (name) => fileURLToPath(new URL(name, import.meta.url));

const mor = await createMockMor();

/** The states of our own, beside the ready ones. */
const worlds = { 'the shop has a trunk of its own': inThisFolder('trunk.yaml') };

try {
  await new Verifier({
    ...pactStates(mor, worlds),
    provider: 'MOR',
    providerBaseUrl: await mor.listen(),
    pactUrls: [inThisFolder('pacts/shop-MOR.json')],
    logLevel: 'warn',
  }).verifyProvider();
} finally {
  await mor.close();
}
