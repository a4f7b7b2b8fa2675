import { createMockMor, type MockMor } from 'mock-mor';
import { pactStates, type PactStates } from 'mock-mor/pact';
import { assertCreatedDid, useMockMor } from 'mock-mor/testing';

const mor = useMockMor(globalThis);

test('every entry point has its types, without which this would not compile', async () => {
  expect(mor).not.toHaveCreatedDid('5');
  expect(() => assertCreatedDid(mor, '5')).toThrow('no call created the DID 5');
  const mock: MockMor = await createMockMor();
  const { stateHandlers }: PactStates = pactStates(mock);
  expect(typeof stateHandlers['the number 5 exists']).toBe('function');
  // @ts-expect-error -- types are checked here, not taken away
  expect(mock.counts().numbers).toBeUndefined();
});
