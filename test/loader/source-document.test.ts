import { fixturesFromObject } from '../../src/loader/load.ts';
import type { FixturesInput } from '../../src/loader/schema.ts';
import { issueLines } from './issue-lines.ts';

describe('a JavaScript object', () => {
  test('issues of an object have a path, and no line', () => {
    const input = {
      users: [{ id: 1, username: 5, type: 'admin' }],
      dids: [{ did: 37060000001, provider_id: '1' }],
      settings: { allow_api: null, default_did_provider_id: NaN },
    };
    expect(issueLines(() => fixturesFromObject(input as unknown as FixturesInput))).toEqual([
      'settings.allow_api: must be true or false, not null.',
      'settings.default_did_provider_id: must be a whole number of at least 0 in plain digits, not the number NaN.',
      'users[0].username: must be text, not the number 5. Write it in quotes, so that every digit stays.',
      'dids[0].did: must be text, not the number 37060000001. Write it in quotes, so that every digit stays.',
      'dids[0].provider_id: must be a whole number of at least 0 in plain digits, not the text "1". Write it without quotes.',
    ]);
  });

  test.each([[null], [[]], ['users'], [new Map()], [5]])('%p is no world', (input) => {
    expect(issueLines(() => fixturesFromObject(input as unknown as FixturesInput))[0]).toMatch(/^must be a map, not /);
  });

  test('what is undefined counts as left out', () => {
    const { dids } = fixturesFromObject({
      providers: [{ id: 1 }],
      dids: [{ id: undefined, did: '1', provider_id: 1 }],
      users: undefined,
    });
    expect(dids).toEqual([
      {
        id: 1,
        did: '1',
        provider_id: 1,
        reseller_id: 0,
        status: 'free',
        custom_sip_header: '',
        comment: '',
        reseller_comment: '',
      },
    ]);
  });

  test('a key named __proto__ is an unknown one and touches nothing', () => {
    const input = JSON.parse('{ "__proto__": { "users": [] }, "settings": { "__proto__": 1 } }') as FixturesInput;
    expect(issueLines(() => fixturesFromObject(input))).toEqual([
      expect.stringMatching(/^settings: unknown key "__proto__"\. Allowed: allow_api, /),
      'unknown key "__proto__". Allowed: settings, users, providers, devices, dial_plans, dids, dids_from.',
    ]);
  });

  test.each<[settings: unknown, issue: string]>([
    [{ allow_api: 'true' }, 'allow_api: must be true or false, not the text "true". Write it without quotes.'],
    [{ allow_api: 1 }, 'allow_api: must be true or false, not the number 1.'],
    [{ max_did_length: true }, 'max_did_length: must be a whole number of at least 1 in plain digits, not true.'],
    [
      { api_secret_key: 37n },
      'api_secret_key: must be text, not the number 37. Write it in quotes, so that every digit stays.',
    ],
    [{ api_secret_key: true }, 'api_secret_key: must be text, not true.'],
    [{ api_secret_key: [] }, 'api_secret_key: must be text, not a list.'],
    [{ dialect: 5 }, 'dialect: must be one of current, legacy, not the number 5.'],
    [{ dialect: {} }, 'dialect: must be one of current, legacy, not a map.'],
  ])('the setting %p', (settings, issue) => {
    expect(issueLines(() => fixturesFromObject({ settings } as FixturesInput))).toEqual([`settings.${issue}`]);
  });

  test('the id -0 is 0', () => {
    expect(fixturesFromObject({ providers: [{ id: -0 }] }).providers[0]?.id).toBe(0);
  });

  test('an object that holds itself is of a wrong type', () => {
    const input: Record<string, unknown> = {};
    input['settings'] = { api_secret_key: input };
    expect(issueLines(() => fixturesFromObject(input))).toEqual(['settings.api_secret_key: must be text, not a map.']);
  });
});
