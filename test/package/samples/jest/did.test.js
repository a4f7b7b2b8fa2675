const request = require('supertest');
const { createMockMor, didCreateHash } = require('mock-mor');

test('a DID is created', async () => {
  const mor = await createMockMor();
  const call = { u: 'admin', provider_id: 1, did: '37060000099' };
  const hash = didCreateHash({ ...call, api_secret_key: 'secret' });
  const answer = await request(mor.handler)
    .post('/billing/api/did_create')
    .type('form')
    .send({ ...call, hash });
  expect(answer.text).toContain('<success>DID created</success>');
  expect(mor.dids({ created: true })).toMatchObject([{ did: '37060000099', provider_id: 1 }]);
  mor.reset();
  expect(mor.dids({ created: true })).toEqual([]);
  await mor.close();
});
