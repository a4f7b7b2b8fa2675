const { useMockMor } = require('mock-mor/testing');
const { createNumber } = require('./create-number.js');

const mor = useMockMor(globalThis);

test('a number is created', async () => {
  await createNumber(mor.url, '37060000099');
  expect(mor).toHaveCreatedDid('37060000099', { provider_id: 1 });
});

test('a number that exists is refused', async () => {
  await createNumber(mor.url, '37060000001');
  expect(mor).toHaveAnswered('DID already exists');
});

test('a lost reply is an error, and the number exists', async () => {
  mor.addFault({ connection: 'reset', phase: 'after' });
  await expect(createNumber(mor.url, '37060000099')).rejects.toThrow('fetch failed');
  expect(mor.dids({ created: true })).toHaveLength(1);
});
