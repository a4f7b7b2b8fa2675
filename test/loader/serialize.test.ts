import fc from 'fast-check';
import type { DidRange } from '../../src/world/did-range.ts';
import type { FixtureData } from '../../src/world/fixture-state.ts';
import { parseFixtures } from '../../src/loader/load.ts';
import { serializeFixtures } from '../../src/loader/serialize.ts';
import type { Device, Did, User } from '../../src/mor/model.ts';

const NASTY = [
  '',
  ' ',
  '0037',
  '1e5',
  'null',
  '~',
  'yes',
  '__proto__',
  '"',
  "'",
  '\\',
  '\0',
  '\n',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ud800',
  '\udc00x',
  '# no remark',
  '- a',
  '{ a: b }',
  '*a',
  '&a',
  '!!int 5',
  '%TAG',
  '---',
  ': ',
  '😀',
];

const text = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
);
const requiredText = text.filter((value) => value !== '');

const settings = fc.record({
  allow_api: fc.boolean(),
  allow_get_api: fc.boolean(),
  api_secret_key: text,
  disable_hash_checking: fc.boolean(),
  accept_hash_without_did: fc.boolean(),
  resellers_can_add_their_own_dids: fc.boolean(),
  response_type: fc.constantFrom('xml', 'attachment_xml', 'attachment_html'),
  error_envelope: fc.constantFrom('page', 'bare'),
  dialect: fc.constantFrom('current', 'legacy'),
  max_did_length: fc.integer({ min: 1, max: 300 }),
  closed_did_days: fc.integer({ min: 0, max: 1000 }),
  status_after_unassign: fc.constantFrom('reserved', 'free'),
  assign_needs_reservation: fc.boolean(),
  resellers_need_global_api: fc.boolean(),
  allow_api_registration: fc.boolean(),
  allow_short_passwords: fc.boolean(),
  allow_balance_over_http: fc.boolean(),
});

/** Users of ids from 1 on; the first is a reseller, so that others have an owner. */
const users = fc
  .tuple(
    fc.uniqueArray(requiredText, { minLength: 1, maxLength: 6 }),
    fc.infiniteStream(
      fc.record({
        type: fc.constantFrom('admin', 'accountant', 'reseller', 'user'),
        flag: fc.boolean(),
        permission: fc.constantFrom('none', 'read', 'edit'),
        key: text,
      }),
    ),
  )
  .map(([names, traits]) =>
    names.map((username, i): User => {
      const { type, flag, permission, key } = traits.next().value as {
        type: User['type'];
        flag: boolean;
        permission: 'none' | 'read' | 'edit';
        key: string;
      };
      const details = flag
        ? { password: key, email: key, uniquehash: `hash ${String(i)}`, balance: '-1.50', blocked: flag, lcr_id: i }
        : {};
      const any = { id: i + 1, username, accept_hash_without_did: flag, ...details };
      if (i === 0 || type === 'reseller')
        return {
          ...any,
          type: 'reseller',
          permissions: { manage_dids: permission },
          own_providers: flag,
          allow_api: !flag,
          api_secret_key: key,
          disable_hash_checking: flag,
        };
      if (type === 'accountant') return { ...any, type, permissions: { manage_dids: permission } };
      return type === 'user' ? { ...any, type, owner_id: flag ? 1 : 0 } : { ...any, type };
    }),
  );

const didText = requiredText
  .map((value) => value.replace(/^[\t-\r ]+|[\t-\r ]+$/g, ''))
  .filter((value) => value !== '');

const traits = fc.record({
  provider_id: fc.constantFrom(1, 2),
  reseller_id: fc.constantFrom(0, 1),
  status: fc.constantFrom('free', 'reserved', 'active', 'closed', 'terminated'),
  custom_sip_header: text,
  comment: text,
  reseller_comment: text,
});

/** Singles of odd numbers, and blocks that cannot meet them: each has a hundred numbers and ids of its own. */
const dids = fc
  .array(fc.tuple(fc.option(didText, { nil: undefined }), traits), { maxLength: 8 })
  .map((rows): Pick<FixtureData, 'dids' | 'ranges'> => {
    const seen = new Set<string>();
    const [singles, ranges]: [Did[], DidRange[]] = [[], []];
    for (const [i, [did, attributes]] of rows.entries()) {
      const id = 1000 * (i + 1);
      const firstNumber = `00${String(100000000000 + i * 100)}`;
      if (did === undefined) ranges.push({ firstId: id, firstNumber, count: 100, attributes });
      else if (!seen.has(did)) singles.push({ id, did, ...attributes });
      seen.add(did ?? '');
    }
    return { dids: singles, ranges };
  });

const worlds: fc.Arbitrary<FixtureData> = fc
  .record({
    settings: fc
      .tuple(settings, fc.boolean())
      .map(([rest, hasDefault]) => ({ ...rest, ...(hasDefault ? { default_did_provider_id: 2 } : {}) })),
    users,
    providers: fc.tuple(text, text, fc.boolean()).map(([one, two, hidden]) => [
      { id: 1, name: one, user_id: 0, hidden },
      { id: 2, name: two, user_id: 1, hidden: !hidden },
    ]),
    devices: fc.array(text, { maxLength: 3 }).map((texts) =>
      texts.map((secret, i): Device => ({
        id: i + 1,
        user_id: 1,
        type: 'SIP',
        username: `device ${String(i)}`,
        secret,
        ipaddr: '',
        port: 5060,
        callerid: secret,
        devicegroup_id: 1,
        primary: i === 0,
        hidden: false,
        trunk: 0,
      })),
    ),
    dial_plans: fc
      .array(requiredText, { maxLength: 2 })
      .map((names) => names.map((name, i) => ({ id: i + 1, name, type: 'ivr', user_id: 0 }))),
    dids,
  })
  .map(({ dids: some, ...rest }) => ({ ...rest, ...some }));

/** The id after the highest. */
const nextId = ({ dids: singles, ranges }: FixtureData): number =>
  Math.max(1, ...singles.map(({ id }) => id + 1), ...ranges.map(({ firstId, count }) => firstId + count));

test('what is written loads to the same fixtures', () => {
  fc.assert(
    fc.property(worlds, (data) => {
      expect(parseFixtures(serializeFixtures(data))).toEqual({ ...data, next_did_id: nextId(data) });
    }),
    { numRuns: 150 },
  );
});

test('single DIDs and blocks are in the order of their ids', () => {
  const text = `providers: [{ id: 1 }]
dids: [{ id: 9, did: 9, provider_id: 1 }, { id: 3, from: 30, to: 33, provider_id: 1 }, { did: 1, provider_id: 1 }]`;
  const ids = Array.from(
    serializeFixtures(parseFixtures(text)).matchAll(/- \{ id: (\d+), (\w+):/g),
    ([, id, key]) => `${String(id)} ${String(key)}`,
  );
  expect(ids).toEqual(['1 name', '3 from', '9 did', '10 did']);
});

test('that no id is left is kept', () => {
  const world = parseFixtures('settings: { next_did_id: 2147483648 }');
  expect(parseFixtures(serializeFixtures(world))).toEqual(world);
});

test('the next id is kept', () => {
  const world = parseFixtures('settings: { next_did_id: 40 }');
  expect(parseFixtures(serializeFixtures(world))).toEqual(world);
});
