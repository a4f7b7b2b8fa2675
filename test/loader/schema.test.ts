import { parseFixtures } from '../../src/loader/load.ts';

describe('defaults', () => {
  test('of every record', () => {
    const data = parseFixtures(`
users:
  - { id: 0, username: a, type: admin }
  - { id: 1, username: b, type: accountant }
  - { id: 2, username: c, type: accountant, permissions: {} }
  - { id: 3, username: d, type: reseller }
  - { id: 4, username: e, type: reseller, api_secret_key: k }
  - { id: 5, username: f, type: reseller, api_secret_key: k, allow_api: false }
  - { id: 6, username: g, type: user }
providers: [{ id: 1 }]
devices: [{ user_id: 6 }, { id: 20, user_id: 6 }, { user_id: 0, username: x, primary: false }]
dial_plans: [{ name: n, type: ivr }]
dids: [{ did: 1, provider_id: 1 }, { from: 20, to: 29, provider_id: 1 }]
`);
    const any = { accept_hash_without_did: false };
    const reseller = {
      ...any,
      type: 'reseller',
      permissions: { manage_dids: 'edit' },
      own_providers: false,
      disable_hash_checking: false,
    };
    const device = {
      type: 'SIP',
      secret: '',
      ipaddr: '',
      port: 5060,
      callerid: '',
      devicegroup_id: 1,
      hidden: false,
      trunk: 0,
    };
    const traits = {
      provider_id: 1,
      reseller_id: 0,
      status: 'free',
      custom_sip_header: '',
      comment: '',
      reseller_comment: '',
    };
    expect(data).toEqual({
      settings: {
        allow_api: true,
        allow_get_api: false,
        api_secret_key: '',
        disable_hash_checking: false,
        accept_hash_without_did: false,
        resellers_can_add_their_own_dids: true,
        response_type: 'xml',
        error_envelope: 'page',
        dialect: 'current',
        max_did_length: 255,
        closed_did_days: 90,
        status_after_unassign: 'reserved',
        assign_needs_reservation: false,
        resellers_need_global_api: false,
        allow_api_registration: true,
        allow_short_passwords: false,
        allow_balance_over_http: true,
      },
      users: [
        { ...any, id: 0, username: 'a', type: 'admin' },
        { ...any, id: 1, username: 'b', type: 'accountant', permissions: { manage_dids: 'none' } },
        { ...any, id: 2, username: 'c', type: 'accountant', permissions: { manage_dids: 'none' } },
        { ...reseller, id: 3, username: 'd', allow_api: false, api_secret_key: '' },
        { ...reseller, id: 4, username: 'e', allow_api: true, api_secret_key: 'k' },
        { ...reseller, id: 5, username: 'f', allow_api: false, api_secret_key: 'k' },
        { ...any, id: 6, username: 'g', type: 'user', owner_id: 0 },
      ],
      providers: [{ id: 1, name: '', user_id: 0, hidden: false }],
      devices: [
        { ...device, id: 21, user_id: 6, username: '21', primary: true },
        { ...device, id: 20, user_id: 6, username: '20', primary: false },
        { ...device, id: 22, user_id: 0, username: 'x', primary: false },
      ],
      dial_plans: [{ id: 1, name: 'n', type: 'ivr', user_id: 0 }],
      dids: [{ id: 1, did: '1', ...traits }],
      ranges: [{ firstId: 2, firstNumber: '20', count: 10, attributes: traits }],
    });
  });
});
