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
dids: [{ did: 1, provider_id: 1 }, { from: 20, to: 29, provider_id: 1 }]
`);
    const any = { accept_hash_without_did: false };
    const reseller = { ...any, type: 'reseller', own_providers: false, disable_hash_checking: false };
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
      dids: [{ id: 1, did: '1', ...traits }],
      ranges: [{ firstId: 2, firstNumber: '20', count: 10, attributes: traits }],
    });
  });
});
