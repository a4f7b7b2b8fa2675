/** The chains of published clients over the shipped fixtures, by real HTTP, in each way to send parameters. */
import { loadChains, runChain, type ChainValues } from '../../src/contract/chain.ts';
import type { Answer } from '../../src/contract/exchange.ts';
import { createMockMor } from '../../src/index.ts';
import { send } from '../support/send.ts';

/** What the shipped fixtures have. */
const VALUES: ChainValues = { admin: 'admin', reseller: 'reseller', provider_id: '1', device_id: '108', did: '37060009999' };

const chains = loadChains();

describe.each(chains.map((chain) => [chain.chain, chain] as const))('%s', (_, chain) => {
  test.each(['query', 'form', 'json'] as const)('by %s -> as it expects, and the world is tidy afterwards', async (by) => {
    const mor = await createMockMor();
    try {
      mor.patchSettings({ allow_get_api: true });
      const before = { dids: mor.dids(), users: mor.users(), devices: mor.devices() };
      const answers: Answer[] = [];
      const failure = await runChain(chain, {
        values: VALUES,
        keyOf: () => 'secret',
        by,
        send: (request) => send(mor, request),
        onStep: (_step, answer) => answers.push(answer),
      });
      expect(failure).toBeUndefined();
      expect(answers).toHaveLength(chain.steps.length + chain.tidy.length);
      expect(mor.dids()).toEqual(before.dids);
      expect(mor.devices()).toEqual(before.devices);
    } finally {
      await mor.close();
    }
  });

  // Whatever fails, the steps that tidy up are taken as far as they can be.
  test.each(chain.steps.map(({ call }, i) => ({ call, i })))(
    'step $i ($call) fails -> named, and the world is tidy',
    async ({ call, i }) => {
      const mor = await createMockMor();
      try {
        const match = { call };
        const after = chain.steps.slice(0, i).filter((step) => step.call === call).length;
        mor.addFault({ match, after, error: 'DID creation failed' });
        const before = mor.dids();
        const failure = await runChain(chain, { values: VALUES, keyOf: () => 'secret', by: 'form', send: (request) => send(mor, request) });
        expect(failure).toMatch(new RegExp(`^${call} as \\w+: expected .*, got error DID creation failed$`));
        expect(mor.dids()).toEqual(before);
      } finally {
        await mor.close();
      }
    },
  );
});

test('each chain has a name of its own, and names what it needs', () => {
  expect(chains.length).toBeGreaterThan(0);
  expect(new Set(chains.map(({ chain }) => chain)).size).toBe(chains.length);
  for (const { needs } of chains) expect(needs.filter((name) => !(name in VALUES))).toEqual([]);
});
