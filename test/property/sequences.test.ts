import fc from 'fast-check';
import { MockMorError, type DidInput, type FixturesInput, type MockMor, type SettingsPatch } from '../../src/index.ts';
import { withMock } from '../support/mock.ts';
import { pooledClient, type PooledClient } from '../support/pooled.ts';
import { signed, type ParamTexts } from '../../src/contract/signed.ts';
import { carried } from '../../src/contract/transports.ts';

const WORLD: FixturesInput = {
  settings: { api_secret_key: 'secret', default_did_provider_id: 1 },
  users: [
    { id: 0, username: 'admin', type: 'admin' },
    { id: 5, username: 'reseller', type: 'reseller' },
  ],
  providers: [{ id: 1 }, { id: 2, user_id: 5 }],
  dids: [
    { id: 1, did: '1', provider_id: 1 },
    { id: 4, from: '10', to: '14', provider_id: 1 },
    { id: 12, did: '7', provider_id: 1 },
  ],
};

const NEXT_ID = 13;

/** What a client or a tester does. */
type Step = { readonly call: ParamTexts } | { readonly put: DidInput } | { readonly remove: number } | { readonly patch: SettingsPatch };

/** What a step comes to, as text. A tester's step may be refused, which is an outcome too. */
async function outcomeOf(step: Step, mor: MockMor, client: PooledClient): Promise<string> {
  if ('call' in step) return (await client.send(carried(step.call, 'query'))).body;
  try {
    const done = 'put' in step ? mor.putDid(step.put) : 'remove' in step ? mor.deleteDid(step.remove) : mor.patchSettings(step.patch);
    return JSON.stringify(done);
  } catch (error) {
    if (error instanceof MockMorError) return error.code;
    throw error;
  }
}

async function outcomesOf(steps: readonly Step[], mor: MockMor, client: PooledClient): Promise<readonly string[]> {
  const outcomes: string[] = [];
  for (const step of steps) outcomes.push(await outcomeOf(step, mor, client));
  return outcomes;
}

const aNumber = fc.constantFrom('1', '7', '10', '12', '14', '20', '21', '0020', ' 21 ', 'x');

const aCall = fc
  .record({
    u: fc.constantFrom('admin', 'reseller', 'nobody'),
    provider_id: fc.constantFrom('1', '1', '2', '9'),
    did: aNumber,
    comment: fc.constantFrom('', 'c'),
  })
  .map((params) => ({ call: signed(params) }));

const aPatch = fc.constantFrom<SettingsPatch>(
  { allow_api: false },
  { max_did_length: 1 },
  { next_did_id: 40 },
  { api_secret_key: null },
  { default_did_provider_id: null },
  { dialect: 'legacy' },
);

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: aCall },
  {
    weight: 2,
    arbitrary: fc
      .record({ id: fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }), did: aNumber, provider_id: fc.constant(1) })
      .map((put) => ({ put })),
  },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20 }).map((remove) => ({ remove })) },
  { weight: 1, arbitrary: aPatch.map((patch) => ({ patch })) },
);

const someSteps = fc.array(aStep, { maxLength: 15 });

const put = (id: number): Step => ({ put: { id, did: '21', provider_id: 1 } });

/** Holes made in a block and filled again. */
const HOLES: readonly (readonly Step[])[] = [
  [{ remove: 5 }, put(5)],
  [{ remove: 4 }, put(4)],
  [{ remove: 8 }, put(8)],
  [{ remove: 1 }, put(2), { remove: 12 }],
];

/** Everything of a world that can be seen. */
function seen(mor: MockMor): unknown {
  return {
    fixtures: mor.fixtures(),
    dids: mor.dids(),
    count: mor.countDids(),
    settings: mor.settings(),
    users: mor.users(),
    providers: mor.providers(),
    counts: mor.health().counts,
  };
}

async function overMock(use: (mor: MockMor, client: PooledClient) => Promise<void>): Promise<void> {
  await withMock(WORLD, async (mor) => {
    const client = await pooledClient(mor, 1);
    try {
      await use(mor, client);
    } finally {
      client.end();
    }
  });
}

test('whatever was done, reset -> the start, and the same steps come out the same', async () => {
  await overMock(async (mor, client) => {
    const start = seen(mor);
    await fc.assert(
      fc.asyncProperty(someSteps, async (steps) => {
        const first = await outcomesOf(steps, mor, client);
        mor.reset();
        expect(seen(mor)).toEqual(start);
        expect(await outcomesOf(steps, mor, client)).toEqual(first);
        mor.reset();
        expect(seen(mor)).toEqual(start);
      }),
      { numRuns: 60 },
    );
  });
});

test('whatever was done -> DIDs in the order of ids, no id and no number twice, every one found', async () => {
  await overMock(async (mor, client) => {
    await fc.assert(
      fc.asyncProperty(someSteps, async (steps) => {
        mor.reset();
        await outcomesOf(steps, mor, client);
        const dids = mor.dids();
        const ids = dids.map(({ id }) => id);
        expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
        expect(new Set(dids.map(({ did }) => did)).size).toBe(dids.length);
        expect(mor.countDids()).toBe(dids.length);
        expect(mor.health().counts).toMatchObject({ dids: dids.length, created_dids: dids.filter(({ created }) => created).length });
        for (const did of dids) {
          expect(mor.did(did.id)).toEqual(did);
          expect(mor.dids({ did: did.did })).toEqual([did]);
        }
        expect(mor.dids({ offset: 2, limit: 3 })).toEqual(dids.slice(2, 5));
        expect(Math.max(0, ...ids)).toBeLessThan(mor.settings().next_did_id);
      }),
      { numRuns: 60, examples: HOLES.map((steps) => [[...steps]]) },
    );
  });
});

test('good and bad calls in any order -> ids without a gap, in the order of arrival', async () => {
  await overMock(async (mor, client) => {
    await fc.assert(
      fc.asyncProperty(fc.array(aCall, { maxLength: 30 }), async (calls) => {
        mor.reset();
        const answers = await outcomesOf(calls, mor, client);
        const ids = answers.flatMap((body) => /<id>(\d+)<\/id>/.exec(body)?.[1] ?? []).map(Number);
        expect(ids).toEqual(ids.map((_, i) => NEXT_ID + i));
        expect(mor.dids({ created: true }).map(({ id }) => id)).toEqual(ids);
        expect(mor.settings().next_did_id).toBe(NEXT_ID + ids.length);
      }),
      { numRuns: 60 },
    );
  });
});
