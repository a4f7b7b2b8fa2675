import assert from 'node:assert/strict';
import test, * as runner from 'node:test';
import { assertAnswered, assertCreatedDid, useMockMor } from 'mock-mor/testing';
import { createNumber } from './create-number.js';

const mor = useMockMor(runner);

test('a number is created', async () => {
  await createNumber(mor.url, '37060000099');
  assertCreatedDid(mor, '37060000099', { provider_id: 1 });
});

test('a number that exists is refused', async () => {
  await createNumber(mor.url, '37060000001');
  assertAnswered(mor, 'DID already exists');
});

test('a lost reply is an error, and the number exists', async () => {
  mor.addFault({ connection: 'reset', phase: 'after' });
  await assert.rejects(createNumber(mor.url, '37060000099'), /fetch failed/);
  assert.equal(mor.dids({ created: true }).length, 1);
});
