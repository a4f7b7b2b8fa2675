import request from 'supertest';
import { callHash, createMockMor, didCreateHash, type MockMor } from '../../src/index.ts';
import { assertAnswered, assertCalled, assertCreatedDid, assertDid, morMatchers } from '../../src/testing.ts';

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

async function close(dids_id: number, key = 'secret'): Promise<void> {
  const hash = callHash('did_close', { dids_id }, key);
  await request(mor.handler).post('/billing/api/did_close').type('form').send({ u: 'admin', dids_id, hash });
}

describe('toHaveDid', () => {
  it('passes for a DID of the fixtures as for one that a call made', async () => {
    await create(DID);
    expect(mor).toHaveDid(DID, { status: 'free', device_id: undefined });
    expect(mor).toHaveDid('37060000002', { status: 'active', device_id: 105 });
    expect(mor).not.toHaveDid('37060000002', { status: 'closed' });
    expect(mor).not.toHaveDid('5');
    assertDid(mor, '37060000002');
  });

  it('says which fields differ, what came, and why the newest request that names the DID changed nothing', async () => {
    await create('37060000002');
    await close(2, 'wrong');
    await close(1);
    const message = failure(() => expect(mor).toHaveDid('37060000002', { status: 'closed', device_id: 7 }));
    expect(message).toContain(
      'of the DID 37060000002 status is "active", not "closed"; device_id is 105, not 7\n\nwhat came:\n  1: POST did_create u=admin',
    );
    expect(message).toContain('\n\nrequest 2:\ndid_close: Incorrect hash\n');
  });

  it('says that there is none', () => {
    expect(failure(() => expect(mor).toHaveDid('5'))).toBe('there is no DID 5\n\nno request came at all');
    expect(() => {
      assertDid(mor, '5');
    }).toThrow(expect.objectContaining({ name: 'AssertionError', message: 'there is no DID 5\n\nno request came at all' }) as Error);
  });

  it('a failed "not" says what there is', () => {
    expect(failure(() => expect(mor).not.toHaveDid('37060000002', { status: 'active', device_id: 105 }))).toBe(
      'there is the DID 37060000002, with the id 2, status "active", device_id 105',
    );
  });
});

describe('toHaveCalled', () => {
  it('passes whatever was answered', async () => {
    await close(1, 'wrong');
    expect(mor).toHaveCalled('did_close');
    expect(mor).toHaveCalled('did_close', { dids_id: '1' });
    expect(mor).toHaveCalled('did_close', { dids_id: 1, u: 'admin' });
    expect(mor).not.toHaveCalled('did_close', { dids_id: '01' });
    expect(mor).not.toHaveCalled('did_create');
    assertCalled(mor, 'did_close', { dids_id: 1 });
  });

  it('says what came in place of it, with the decision of the last call of this name', async () => {
    await close(2);
    await create(DID);
    const message = failure(() => expect(mor).toHaveCalled('did_close', { dids_id: '1', u: 'admin' }));
    expect(message).toContain(
      'did_close was not called with dids_id "1", u "admin"\n\nwhat came:\n  1: POST did_close u=admin dids_id=2 hash=*** -> DID successfully closed\n',
    );
    expect(message).toContain('\n\nrequest 1:\ndid_close: DID successfully closed\n');
  });

  it('says that nothing came', () => {
    const nothing = 'did_close was not called\n\nno request came at all';
    expect(failure(() => expect(mor).toHaveCalled('did_close'))).toBe(nothing);
    expect(() => {
      assertCalled(mor, 'did_close');
    }).toThrow(expect.objectContaining({ name: 'AssertionError', message: nothing }) as Error);
  });

  it('a failed "not" names the requests', async () => {
    await close(1);
    expect(failure(() => expect(mor).not.toHaveCalled('did_close', { dids_id: '1' }))).toBe(
      'did_close was called with dids_id "1" by request 1',
    );
  });

  it('a call that MOR does not have is refused, even behind "not"', () => {
    expect(() => expect(mor).not.toHaveCalled('did_clos' as never)).toThrow(
      'MOR has no call "did_clos". Did you mean "did_close"? It has: did_create,',
    );
    expect(() => expect({}).not.toHaveCalled('did_close')).toThrow('this is asked of a mock: expect(mor)');
    expect(() => expect(mor).not.toHaveDid(5 as never)).toThrow('a DID is text, for leading zeros matter: write it in quotes');
  });
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
  expect(() => expect(mor).not.toHaveAnswered('Incorect hash' as never)).toThrow(
    'MOR never answers "Incorect hash". Did you mean "Incorrect hash"?',
  );
  expect(() => expect(mor).toHaveCreatedDid(37060000099 as unknown as string)).toThrow(
    'a DID is text, for leading zeros matter: write it in quotes',
  );
});
