import { BodyValue } from '../../src/loader/body-value.ts';
import { fixturesFromObject, parseFixtures } from '../../src/loader/load.ts';
import type { FixturesInput } from '../../src/loader/schema.ts';
import { FixtureState } from '../../src/world/fixture-state.ts';
import { issueLines } from './issue-lines.ts';

/** Two providers and a reseller to name, in four lines that stand before the text of a case. */
const WORLD = `users:
  - { id: 5, username: reseller, type: reseller }
providers:
  - { id: 1 }
`;

describe('what holds nothing', () => {
  const NOTHING =
    'f: holds nothing: it must have at least one of settings, users, providers, devices, dial_plans, dids, dids_from. For an empty world write "users: []".';

  test.each(['', '\n', '# only a remark', '---', '---\n...\n', '{}', '\uFEFF'])('YAML: %j', (text) => {
    expect(issueLines(() => parseFixtures(text, 'f'))).toEqual([NOTHING]);
  });

  test('the value of a body', () => {
    expect(issueLines(() => parseFixtures(new BodyValue({}), 'f'))).toEqual([NOTHING]);
  });

  test.each(['users: []', 'dids:', 'settings: {}', '{ "providers": [] }'])('a key is enough: %j', (text) => {
    expect(parseFixtures(text)).toMatchObject({ users: [], providers: [], dids: [] });
  });

  test('an empty object is an empty world on purpose', () => {
    expect(fixturesFromObject({})).toMatchObject({ users: [], providers: [], dids: [] });
  });
});

describe('the highest ids', () => {
  test('may be used up: a DID of the highest one, and no next one', () => {
    const world = parseFixtures(`${WORLD}dids: [{ id: 2147483646, from: 1, to: 2, provider_id: 1 }]`);
    expect(new FixtureState(world).nextDidId).toBe(2147483648);
    const followed = parseFixtures(
      `${WORLD}dids: [{ id: 2147483646, did: 1, provider_id: 1 }, { did: 2, provider_id: 1 }]`,
    );
    expect(new FixtureState(followed).nextDidId).toBe(2147483648);
    const whole = parseFixtures(`${WORLD}dids: [{ from: 0000000001, to: 2147483647, provider_id: 1 }]`);
    expect(new FixtureState(whole).nextDidId).toBe(2147483648);
    expect(parseFixtures('settings: { next_did_id: 2147483648 }').next_did_id).toBe(2147483648);
  });
});

describe('what is sound, at its edge', () => {
  test.each([
    ['a block of one number', `${WORLD}dids: [{ from: 10, to: 10, provider_id: 1 }, { did: 11, provider_id: 1 }]`],
    ['a next id just above the highest', `${WORLD}dids: [{ did: 5, provider_id: 1 }]\nsettings: { next_did_id: 2 }`],
    [
      'an owner who is a second administrator',
      'users: [{ id: 7, username: a, type: admin }]\nproviders: [{ id: 1, user_id: 7 }]',
    ],
  ])('%s', (_, text) => {
    expect(parseFixtures(text)).toHaveProperty('users');
  });

  test.each([
    ['true', true],
    ['false', false],
  ])('a switch that says %s', (written, value) => {
    const text = `settings: { allow_api: ${written}, allow_get_api: ${written} }`;
    expect(parseFixtures(text).settings).toMatchObject({ allow_api: value, allow_get_api: value });
  });
});

test.each([
  ['a text', () => parseFixtures('users: 5')],
  ['an object', () => fixturesFromObject({ users: 5 } as unknown as FixturesInput)],
])('the subject is above the issues of %s', (_, load) => {
  expect(load).toThrow(/^The fixtures are not valid/);
});
