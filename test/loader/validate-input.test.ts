import { validateDid, validateSettingsPatch } from '../../src/loader/validate-input.ts';
import { BodyValue } from '../../src/loader/body-value.ts';
import { fixturesFromObject } from '../../src/loader/load.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { issueLines } from './issue-lines.ts';

const world = new FixtureState(
  fixturesFromObject({
    users: [
      { id: 5, username: 'reseller', type: 'reseller' },
      { id: 8, username: 'user', type: 'user' },
    ],
    providers: [{ id: 1 }],
    devices: [{ id: 3, user_id: 8 }],
    dial_plans: [{ id: 4, name: 'Menu', type: 'ivr' }],
    dids: [{ id: 7, did: '1', provider_id: 1 }],
  }),
);

describe('a DID to put there', () => {
  test('its defaults are filled in, its id is left to the state', () => {
    expect(validateDid({ did: '0037', provider_id: 1, reseller_id: 5 }, world)).toEqual({
      did: '0037',
      provider_id: 1,
      reseller_id: 5,
      status: 'free',
      custom_sip_header: '',
      comment: '',
      reseller_comment: '',
    });
  });

  test.each([
    [null, 'must be a map, not null.'],
    [
      {},
      'did: is missing; it must be text.',
      'provider_id: is missing; it must be a whole number of at least 0 in plain digits.',
    ],
    [
      { did: 370, provider_id: 1 },
      'did: must be text, not the number 370. Write it in quotes, so that every digit stays.',
    ],
    [{ did: '1', provider_id: 2 }, 'provider_id: no provider has the id 2.'],
    [
      { did: '1', provider_id: 1, reseller_id: 6 },
      'reseller_id: no reseller has the id 6; it must be 0 (the administrator) or a reseller.',
    ],
    [
      { did: '1', provider_id: 1, state: 'free' },
      'unknown key "state". Allowed: id, did, provider_id, reseller_id, status, user_id, device_id, dial_plan_id, custom_sip_header, comment, reseller_comment, language, call_limit, tone_zone, grace_time, active_from, active_till, closed_till, has_calls, in_queue. Did you mean "status"?',
    ],
    [
      { did: '1', provider_id: 1, status: 'active', user_id: 9, device_id: 9, dial_plan_id: 9 },
      'user_id: no user has the id 9.',
      'device_id: no device has the id 9.',
      'dial_plan_id: no dial plan has the id 9.',
      'dial_plan_id: must be left out: the DID has a device.',
    ],
    [
      { did: '1', provider_id: 1, status: 'active', user_id: 5, device_id: 3 },
      'user_id: must be 8, the user of device 3, or left out.',
    ],
    [{ did: '1', provider_id: 1, user_id: 8 }, 'user_id: must be left out: the status is free.'],
    [
      { did: '1', provider_id: 1, status: 'closed', device_id: 3 },
      'device_id: must be left out: the status is closed.',
    ],
    [{ id: 0, did: '1', provider_id: 1 }, 'id: must be at least 1, not the number 0.'],
    [{ id: 2147483648, did: '1', provider_id: 1 }, 'id: must be at most 2147483647, not the number 2147483648.'],
    [
      { id: Number.MAX_SAFE_INTEGER + 1, did: '1', provider_id: 1 },
      'id: must be at most 2147483647, not the number 9007199254740992.',
    ],
  ])('%j', (row: unknown, ...lines: string[]) => {
    expect(issueLines(() => validateDid(row, world), 'RECORD_INVALID')).toEqual(lines);
  });
});

test('a DID with a device gets its user', () => {
  const active = { did: '1', provider_id: 1, status: 'active' } as const;
  expect(validateDid({ ...active, device_id: 3 }, world)).toMatchObject({ device_id: 3, user_id: 8 });
  expect(validateDid({ ...active, device_id: 3, user_id: 8 }, world)).toMatchObject({ device_id: 3, user_id: 8 });
  expect(validateDid({ ...active, dial_plan_id: 4 }, world)).not.toHaveProperty('user_id');
});

test('a DID to put there takes no id above the highest', () => {
  const full = new FixtureState(fixturesFromObject({ settings: { next_did_id: 2147483648 }, providers: [{ id: 1 }] }));
  expect(issueLines(() => validateDid({ did: '1', provider_id: 1 }, full), 'RECORD_INVALID')).toEqual([
    'id: must be written: no id is left, 2147483647 is the highest there can be.',
  ]);
  expect(validateDid({ id: 5, did: '1', provider_id: 1 }, full)).toMatchObject({ id: 5 });
  const last = new FixtureState(fixturesFromObject({ settings: { next_did_id: 2147483647 }, providers: [{ id: 1 }] }));
  expect(validateDid({ did: '1', provider_id: 1 }, last)).toMatchObject({ did: '1' });
});

test.each([
  ['The DID', () => validateDid({}, world)],
  ['The settings', () => validateSettingsPatch({ allow_api: null }, world)],
])('%s is named above the issues', (subject, check) => {
  expect(check).toThrow(new RegExp(`^${subject} (?:is|are) not valid`));
});

describe('a DID as YAML text', () => {
  test.each([
    ['did: 0012\nprovider_id: 1', '0012'],
    ['{ did: 12345678901234567890, provider_id: 1 }', '12345678901234567890'],
    ['did: 1e5\nprovider_id: 1', '1e5'],
    ['{ "did": 12345678901234567890, "provider_id": 1 }', '12345678901234567890'],
  ])('%j: every digit stays', (text, did) => {
    expect(validateDid(text, world)).toMatchObject({ did, provider_id: 1 });
  });

  test.each([
    ['- did', 'body:1:1 must be a map, not a list.'],
    ['did: 5\nprovider_id: 2', 'body:2:14 provider_id: no provider has the id 2.'],
    ['did: [', 'body:1:7 Flow sequence in block collection must be sufficiently indented and end with a ].'],
    ['', 'body: holds nothing.'],
    ['# nothing', 'body: holds nothing.'],
  ])('%j', (text, ...lines) => {
    expect(issueLines(() => validateDid(text, world), 'RECORD_INVALID')).toEqual(lines);
  });
});

describe('a DID as the value of a body', () => {
  test.each([
    [{ did: 370, provider_id: 1 }, { did: '370' }],
    [
      { did: '12345678901234567890', provider_id: 1, comment: true },
      { did: '12345678901234567890', comment: 'true' },
    ],
  ])('%j: a number or a switch in the place of text is text', (value, did) => {
    expect(validateDid(new BodyValue(value), world)).toMatchObject({ ...did, provider_id: 1 });
  });

  test.each([
    [{ did: null, provider_id: 1 }, 'body: did: must be text, not null.'],
    [
      { did: '1', provider_id: '1.0' },
      'body: provider_id: must be a whole number of at least 0 in plain digits, not the text "1.0".',
    ],
    [[], 'body: must be a map, not a list.'],
    ['did: 1', 'body: must be a map, not the text "did: 1".'],
    [null, 'body: must be a map, not null.'],
  ])('%j', (value, line) => {
    expect(issueLines(() => validateDid(new BodyValue(value), world), 'RECORD_INVALID')).toEqual([line]);
  });
});

describe('a change of settings as YAML text', () => {
  test.each(['api_secret_key: null\ndefault_did_provider_id: ~', 'api_secret_key:\ndefault_did_provider_id:'])(
    '%j: null removes what has no default',
    (text) => {
      expect(validateSettingsPatch(text, world)).toStrictEqual({
        api_secret_key: '',
        default_did_provider_id: undefined,
      });
    },
  );

  test.each([
    ['api_secret_key: 0012', '0012'],
    ['api_secret_key: "null"', 'null'],
  ])('%j: text is kept', (text, api_secret_key) => {
    expect(validateSettingsPatch(text, world)).toEqual({ api_secret_key });
  });

  test.each([
    ['dialect: legasy', 'body:1:10 dialect: must be one of current, legacy, not "legasy". Did you mean "legacy"?'],
    ['next_did_id: 7', 'body:1:14 next_did_id: must be at least 8, the next in turn: ids are never used twice.'],
    ['# nothing', 'body: holds nothing.'],
  ])('%j', (text, ...lines) => {
    expect(issueLines(() => validateSettingsPatch(text, world), 'RECORD_INVALID')).toEqual(lines);
  });
});

describe('a change of settings', () => {
  test('only what is written changes', () => {
    expect(validateSettingsPatch({ allow_api: false, next_did_id: 8 }, world)).toEqual({
      allow_api: false,
      next_did_id: 8,
    });
  });

  test('what is not null stays as it is written', () => {
    const patch = { api_secret_key: 'k', default_did_provider_id: 1 };
    expect(validateSettingsPatch(patch, world)).toStrictEqual(patch);
  });

  test('null takes away what has no default', () => {
    expect(validateSettingsPatch({ api_secret_key: null, default_did_provider_id: null }, world)).toStrictEqual({
      api_secret_key: '',
      default_did_provider_id: undefined,
    });
  });

  test.each([
    [[], 'must be a map, not a list.'],
    [{ allow_api: null }, 'allow_api: must be true or false, not null.'],
    [{ dialect: 'Legacy' }, 'dialect: must be one of current, legacy, not the text "Legacy". Did you mean "legacy"?'],
    [{ default_did_provider_id: 2 }, 'default_did_provider_id: no provider has the id 2.'],
    [{ next_did_id: 2147483649 }, 'next_did_id: must be at most 2147483648, not the number 2147483649.'],
    [{ next_did_id: 7 }, 'next_did_id: must be at least 8, the next in turn: ids are never used twice.'],
  ])('%j', (patch: unknown, ...lines: string[]) => {
    expect(issueLines(() => validateSettingsPatch(patch, world), 'RECORD_INVALID')).toEqual(lines);
  });
});
