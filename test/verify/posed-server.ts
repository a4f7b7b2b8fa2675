/** A mock that poses as a real server, and what a profile tells of it. */
import type { FixturesInput } from '../../src/index.ts';
import type { LoadedProfile } from '../../src/verify/profile.ts';

const KEY = 'k-$e&c<r>"et';
const SHOP_KEY = 'sh op-key';

/** What really is there: other names, ids and keys than those of the table. */
export const WORLD: FixturesInput = {
  settings: { api_secret_key: KEY, default_did_provider_id: 21 },
  users: [
    { id: 0, username: 'boss', type: 'admin' },
    { id: 3, username: 'clerk', type: 'accountant', permissions: { manage_dids: 'read' } },
    { id: 4, username: 'editor', type: 'accountant', permissions: { manage_dids: 'edit' } },
    { id: 5, username: 'shop', type: 'reseller', own_providers: true, allow_api: true, api_secret_key: SHOP_KEY },
    { id: 6, username: 'corner', type: 'reseller' },
    { id: 8, username: 'joe', type: 'user' },
    { id: 9, username: 'jane', type: 'user', owner_id: 5 },
  ],
  providers: [{ id: 11 }, { id: 21 }, { id: 12, user_id: 5 }, { id: 13, hidden: true }, { id: 14, user_id: 6 }],
  dids: [
    { id: 1, did: '37061110001', provider_id: 11 },
    { id: 900, did: '37061110002', provider_id: 12, reseller_id: 5 },
  ],
};

type Caller = LoadedProfile['callers'][number];

const who = (username: string) => ({ username, accept_hash_without_did: false });

/** Its callers, as a profile tells them. */
export const CALLERS: readonly Caller[] = [
  { ...who('boss'), type: 'admin' },
  { ...who('clerk'), type: 'accountant', manage_dids: 'read' },
  { ...who('editor'), type: 'accountant', manage_dids: 'edit' },
  { ...who('shop'), type: 'reseller', own_providers: true, allow_api: true, key_from: 'B', disable_hash_checking: false },
  { ...who('corner'), type: 'reseller', own_providers: false, allow_api: false, disable_hash_checking: false },
  { ...who('joe'), type: 'user', owner: 'administrator' },
  { ...who('jane'), type: 'user', owner: 'shop' },
];

/** What its profile tells. */
export const PROFILE: LoadedProfile = {
  base_url: 'http://127.0.0.1',
  key_from: 'A',
  keys: new Map([
    ['A', KEY],
    ['B', SHOP_KEY],
  ]),
  settings: {
    allow_api: true,
    allow_get_api: false,
    disable_hash_checking: false,
    accept_hash_without_did: false,
    resellers_can_add_their_own_dids: true,
    resellers_need_global_api: false,
    default_did_provider_id: 21,
    max_did_length: 255,
  },
  callers: [...CALLERS],
  providers: [
    { id: 11, owner: 'administrator', hidden: false },
    { id: 21, owner: 'administrator', hidden: false },
    { id: 12, owner: 'shop', hidden: false },
    { id: 13, owner: 'administrator', hidden: true },
    { id: 14, owner: 'corner', hidden: false },
  ],
  dids: [
    { did: '37061110001', owner: 'administrator', status: 'free' },
    { did: '37061110002', owner: 'shop', status: 'free' },
  ],
  unused_provider_id: 2147483647,
  prefix: '3709',
  not_available: {},
};
