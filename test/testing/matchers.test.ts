import request from 'supertest';
import { createMockMor, didCreateHash, type MockMor } from '../../src/index.ts';
import { assertAnswered, assertCreatedDid, morMatchers } from '../../src/testing.ts';

const DID = '37060000123';

let mor: MockMor;

beforeEach(async () => {
  expect.extend(morMatchers);
  mor = await createMockMor();
});

async function create(did: string, key = 'secret'): Promise<void> {
  const hash = didCreateHash({ provider_id: 1, did, api_secret_key: key });
  await request(mor.handler).post('/billing/api/did_create').type('form').send({ u: 'admin', provider_id: 1, did, hash });
}

/** What a matcher says when it fails. */
function failure(run: () => void): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'it passed';
}

it('pass where it is so', async () => {
  await create(DID);
  await create(DID);
  expect(mor).toHaveCreatedDid(DID);
  expect(mor).toHaveCreatedDid(DID, { provider_id: 1, reseller_id: 0 });
  expect(mor).toHaveAnswered('DID created');
  expect(mor).toHaveAnswered('DID already exists', { u: 'admin', did: DID });
  expect(mor).not.toHaveCreatedDid('5');
  expect(mor).not.toHaveAnswered('Incorrect hash');
  assertCreatedDid(mor, DID);
  assertAnswered(mor, 'DID created');
});

it('a DID of the fixtures was not created', () => {
  expect(mor).not.toHaveCreatedDid('37060000001');
});

it('a failure says what came, and why it was refused', async () => {
  await create('1');
  await create(DID, 'wrong key');
  const message = failure(() => expect(mor).toHaveCreatedDid(DID));
  expect(message).toContain(
    `no call created the DID ${DID}; created: 1\n\nwhat came:\n  1: POST did_create u=admin provider_id=1 did=1 hash=*** -> DID created\n`,
  );
  expect(message).toContain(
    `  2: POST did_create u=admin provider_id=1 did=${DID} hash=*** -> Incorrect hash\n\nrequest 2:\ndid_create: Incorrect hash\n`,
  );
  expect(message).toContain('✗');
  expect(message).not.toContain('wrong key');
});

it('a failure says that JSON was sent under the type of a form', async () => {
  await request(mor.handler)
    .post('/billing/api/did_create')
    .type('form')
    .send(JSON.stringify({ u: 'admin', did: DID }));
  expect(failure(() => expect(mor).toHaveCreatedDid(DID))).toContain(
    '\n\nrequest 1:\ndid_create: Access Denied\nThe body looks like JSON, but the Content-Type is "application/x-www-form-urlencoded", so it was read as a form.\n',
  );
});

it('a failure tells which field differs', async () => {
  await create(DID);
  expect(failure(() => expect(mor).toHaveCreatedDid(DID, { provider_id: 2, comment: '' }))).toBe(
    `the DID ${DID} was created, but provider_id is 1, not 2`,
  );
});

it('a failure where nothing came says so', () => {
  expect(failure(() => expect(mor).toHaveAnswered('DID created'))).toBe(
    'no request was answered with "DID created"\n\nno request came at all',
  );
  expect(() => {
    assertCreatedDid(mor, DID);
  }).toThrow(
    expect.objectContaining({
      name: 'AssertionError',
      message: `no call created the DID ${DID}; created: none\n\nno request came at all`,
    }) as Error,
  );
});

it('a failed "not" says what there is', async () => {
  await create(DID);
  expect(failure(() => expect(mor).not.toHaveCreatedDid(DID))).toBe(`the DID ${DID} was created, with the id 3`);
  expect(failure(() => expect(mor).not.toHaveAnswered('DID created'))).toBe('"DID created" was answered to request 1');
});

describe('under a fault', () => {
  it.each([503, 200])('an answer that the client never got was not answered, though the call was carried out: HTTP %i', async (status) => {
    mor.addFault({ http: { status, body: '<html>maintenance</html>' }, phase: 'after' });
    await create(DID);
    expect(mor).toHaveCreatedDid(DID);
    expect(mor).not.toHaveAnswered('DID created');
  });

  it('a forced error is reported as one, with what would have been without it', async () => {
    mor.addFault({ error: 'Access Denied' });
    await create(DID);
    expect(mor).toHaveAnswered('Access Denied');
    const message = failure(() => expect(mor).toHaveCreatedDid(DID));
    expect(message).toContain('-> Access Denied (fault 1: ');
    expect(message).toMatch(/request 1, under fault 1: .*; without it:\ndid_create: DID created/);
  });
});

it('what is no mock, and a text that MOR never answers, are refused, even behind "not"', () => {
  expect(() => expect({}).not.toHaveAnswered('Access Denied')).toThrow('this is asked of a mock: expect(mor)');
  expect(() => expect(undefined).toHaveCreatedDid('5')).toThrow('this is asked of a mock: expect(mor)');
  expect(() => expect(mor).not.toHaveAnswered('Incorect hash')).toThrow(
    'MOR never answers "Incorect hash". Did you mean "Incorrect hash"?',
  );
  expect(() => expect(mor).toHaveCreatedDid(37060000099 as unknown as string)).toThrow(
    'a DID is text, for leading zeros matter: write it in quotes',
  );
});
