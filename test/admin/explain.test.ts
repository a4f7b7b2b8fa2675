import request from 'supertest';
import { createMockMor, type MockMor, type Trace } from '../../src/index.ts';
import { sha1, signed } from '../../src/contract/signed.ts';
import { CALL_NAMES } from '../support/call-names.ts';

let mor: MockMor;

beforeEach(async () => {
  mor = await createMockMor();
});

const ask = (target: string): request.Test => request(mor.handler).post(target);

const WRONG = { u: 'admin', provider_id: '1', did: '37060000099', hash: sha1('370600000991secret') };

describe('explain', () => {
  it('tells the same for a query, a form, JSON and the library, and changes nothing', async () => {
    const expected = mor.explain(WRONG);
    expect(expected).toMatchObject({
      outcome: 'Incorrect hash',
      hash: 'the hash is sha1(did + provider_id + key): the order is provider_id, then did',
    });
    const query = new URLSearchParams(WRONG).toString();
    const answers = [
      await ask(`/__admin/explain?${query}`),
      await ask('/__admin/explain').type('form').send(query),
      await ask('/__admin/explain').send({ ...WRONG, provider_id: 1 }),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([200, expected]);
    expect(mor.requests().requests).toEqual([]);
  });

  it('reads odd requests as MOR’s paths do', async () => {
    const expected = mor.explain(WRONG);
    const query = new URLSearchParams(WRONG).toString();
    const answers = [
      await ask(`/__admin/explain?${query.replaceAll('&', ';')}`),
      await ask('/__admin/explain').type('application/x-www-form-urlencoded; charset=ISO-8859-1').send(query.replaceAll('&', '& ')),
    ];
    for (const { status, body } of answers) expect([status, body]).toEqual([200, expected]);
  });

  it('says what the body looks like, if that is not what was sent as its type', async () => {
    const { body } = await ask('/__admin/explain').type('form').send(JSON.stringify(WRONG));
    expect(body).toEqual({
      ...mor.explain({}),
      notes: ['The body looks like JSON, but the Content-Type is "application/x-www-form-urlencoded", so it was read as a form.'],
    });
  });

  it('explains what would succeed without making it', async () => {
    const { body } = await ask('/__admin/explain').send(signed({ u: 'admin', provider_id: '1', did: '37060000099' }));
    expect((body as Trace).outcome).toBe('DID created');
    expect([mor.countDids({ created: true }), mor.settings().next_did_id]).toEqual([0, 3]);
  });

  it('tells the same as the journal does of the request itself', async () => {
    await request(mor.handler).post('/billing/api/did_create').type('form').send(WRONG);
    expect(mor.request(1).trace).toEqual(mor.explain(WRONG));
  });

  it('keeps the digits of a JSON number, and takes any name', async () => {
    const { body } = await ask('/__admin/explain').type('json').send('{"u":"admin","did":370600000991234567890,"frob":1,"limit":2}');
    expect(JSON.stringify(body)).toContain('370600000991234567890***');
  });

  it('explains any call that is named', async () => {
    expect((await ask('/__admin/explain/did_create').send(WRONG)).body).toEqual(mor.explain(WRONG));
    expect((await ask('/__admin/explain/nonsense').send({})).body).toEqual({
      call: 'nonsense',
      outcome: 'There is no such API',
      steps: [],
    });
  });

  it('judges as GET with __method=GET', async () => {
    const { body } = await ask('/__admin/explain?__method=GET').send(signed({ u: 'admin', provider_id: '1', did: '5' }));
    expect((body as Trace).outcome).toBe('GET Requests are disabled');
    expect(mor.explain(WRONG, { method: 'GET' }).outcome).toBe('GET Requests are disabled');
  });

  it.each([
    [
      '?__methd=GET',
      400,
      'QUERY_INVALID',
      'unknown query parameter "__methd". Did you mean "__method"? Allowed: __method, __pretty, __format.',
    ],
    ['?__method=PUT', 400, 'QUERY_INVALID', '__method: Invalid option: expected one of "GET"|"POST"'],
    ['?did=%zz', 400, 'QUERY_INVALID', 'the query has a percent-encoding that is broken or no UTF-8, in the value of "did"'],
  ])('refuses %s', async (query, status, code, detail) => {
    const { body } = await ask(`/__admin/explain${query}`);
    expect(body).toMatchObject({ status, code, detail });
  });

  it('refuses broken JSON and a kind of body that MOR does not read', async () => {
    expect((await ask('/__admin/explain').type('json').send('{')).status).toBe(400);
    expect((await ask('/__admin/explain').type('text/csv').send('a')).status).toBe(415);
    expect((await request(mor.handler).get('/__admin/explain')).status).toBe(405);
  });

  it('refuses on the library what is no object, no option and no method', () => {
    expect(() => mor.explain([] as never)).toThrow('the parameters of the call must be an object');
    expect(() => mor.explain({}, { methd: 'GET' } as never)).toThrow('unknown option "methd". Did you mean "method"?');
    expect(() => mor.explain({}, { method: 'PUT' as never })).toThrow('unknown method "PUT". Allowed: GET, POST.');
  });

  it('takes numbers, booleans and null as a JSON body would have them, and any call', () => {
    const step = mor.explain({ u: 'admin', provider_id: 1, did: 5, comment: null, hash: true }).steps[3];
    expect(step?.actual).toBe('it is not the SHA-1 of "15***"');
    expect(mor.explain({}, { call: 'did_rename' })).toEqual({ call: 'did_rename', outcome: 'There is no such API', steps: [] });
  });
});

describe('hash', () => {
  const HASH = 'cb9dff0d59f7ffaf036d55b57c817bf528edb54a';
  const curl = (url: string): string =>
    `curl --data-urlencode u=admin --data-urlencode provider_id=1 --data-urlencode did=123456789 --data-urlencode hash=${HASH} ${url}/billing/api/did_create`;

  it('shows the text, the hash and a curl line to the server that was asked', async () => {
    const { status, body } = await ask('/__admin/hash').set('Host', 'localhost:99').send({ provider_id: 1, did: '123456789' });
    const shown = {
      text: '1123456789***',
      hash: HASH,
      request: { method: 'POST', path: '/billing/api/did_create', params: { u: 'admin', provider_id: '1', did: '123456789', hash: HASH } },
    };
    expect([status, body]).toEqual([200, { ...shown, curl: curl('http://localhost:99') }]);
    expect(mor.hash({ provider_id: 1, did: 123456789 })).toEqual({ ...shown, curl: curl('http://127.0.0.1:8080') });
  });

  describe('signed wrong on purpose', () => {
    const sent = { provider_id: 1, did: '123456789' };

    it.each([
      ['recipe', '1***', sha1('1secret'), 'Incorrect hash'],
      ['order', '***1234567891', sha1('secret1234567891'), 'Incorrect hash'],
      ['no_key', '1123456789', sha1('1123456789'), 'Incorrect hash'],
      ['unknown_caller', '1123456789***', HASH, 'Access Denied'],
    ] as const)('%s', async (wrong, text, hash, outcome) => {
      const { body } = await ask(`/__admin/hash/did_create?__wrong=${wrong}`).send(sent);
      const { params } = body.request;
      expect(body).toMatchObject({ text, hash, request: { params: { hash, u: wrong === 'unknown_caller' ? 'not-admin' : 'admin' } } });
      expect(mor.explain(params).outcome).toBe(outcome);
      expect(mor.hash('did_create', sent, { wrong })).toMatchObject({ text, hash });
    });

    it.each(['recipe', 'order', 'no_key', 'unknown_caller'] as const)('a call that hashes no parameter: %s', (wrong) => {
      const { request: right } = mor.hash('dids_get', {});
      const { request: bad } = mor.hash('dids_get', {}, { wrong });
      expect(bad.params).not.toEqual(right.params);
      expect(mor.explain(bad.params, { call: 'dids_get' }).outcome).not.toBe(mor.explain(right.params, { call: 'dids_get' }).outcome);
    });

    it('refuses a way that it does not know', async () => {
      expect((await ask('/__admin/hash?__wrong=twice').send(sent)).status).toBe(400);
      expect(() => mor.hash(sent, { wrong: 'orders' as never })).toThrow(
        'the option wrong must be one of recipe, order, no_key, unknown_caller',
      );
    });
  });

  it("takes the caller's key, or the one given", () => {
    expect(mor.hash({ u: 'reseller', did: '5' }).hash).toBe(sha1('5reseller-secret'));
    expect(mor.hash({ u: 'anyone', did: '5', api_secret_key: 'k' }).hash).toBe(sha1('5k'));
    expect(mor.hash({ u: 'reseller', did: '5' }).curl).not.toContain('provider_id');
  });

  it('makes the hash of any call that is named', async () => {
    const sent = { provider_id: 1, did: '123456789' };
    expect(mor.hash('did_create', sent)).toEqual(mor.hash(sent));
    expect((await ask('/__admin/hash/did_create').send(sent)).body).toMatchObject({ hash: HASH });
    expect((await ask('/__admin/hash/did_crate').send(sent)).body).toMatchObject({
      status: 400,
      detail: `unknown call "did_crate". Did you mean "did_create"? Allowed: ${CALL_NAMES.join(', ')}.`,
    });
  });

  it('leads to the sandbox it was asked in', () => {
    expect(mor.createSandbox({ name: 't1' }).hash({ did: '5' }).curl).toMatch(
      / http:\/\/127\.0\.0\.1:8080\/__sandboxes\/t1\/billing\/api\/did_create$/,
    );
  });

  it.each<[body: object, detail: string]>([
    [
      { did: '5', provder_id: 1 },
      'unknown field "provder_id". Did you mean "provider_id"? Allowed: u, api_secret_key, provider_id, did, custom_sip_header, comment, reseller_comment, test.',
    ],
    [{}, 'the hash needs did, the DID number to create, as it will be sent'],
    [{ did: [1] }, 'did must be a string or a number'],
    [
      { did: '5', u: 'admim' },
      'u "admim" is no user of the fixtures. Did you mean "admin"? Known: admin, username, accountant, accountant_none, reseller, reseller_basic, reseller_reader, user, resellers_user.',
    ],
  ])('refuses %j', async (sent, detail) => {
    const { status, body } = await ask('/__admin/hash').send(sent);
    expect([status, body]).toEqual([400, expect.objectContaining({ code: 'OPTION_INVALID', detail })]);
  });

  it('says what the body looks like, if that is not what was sent as its type', async () => {
    const { body } = await ask('/__admin/hash').send([{ did: '5' }]);
    expect(body).toMatchObject({
      code: 'OPTION_INVALID',
      detail:
        'the hash needs did, the DID number to create, as it will be sent\nThe body is a JSON array, which carries no parameters: send one JSON object; the Content-Type is "application/json".',
    });
  });

  it('says so where there is no key', async () => {
    mor.patchSettings({ api_secret_key: null });
    const { body } = await ask('/__admin/hash').send({ did: '5' });
    expect(body).toMatchObject({ status: 400, detail: 'there is no API secret key for "admin". Give one as api_secret_key.' });
  });
});
