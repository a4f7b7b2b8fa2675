/** What is in fixtures, in a few lines. */
import { countDids } from '../control/did-list.ts';
import { settingsView, type SettingsView } from '../control/settings-control.ts';
import { fixturesFromObject } from '../loader/load.ts';
import { DID_STATUSES, USER_TYPES } from '../mor/model.ts';
import { listed } from '../mor/in-words.ts';
import { quoteIfHidden } from '../mor/quote.ts';
import { FixtureState } from '../world/fixture-state.ts';
import { StateStore } from '../world/store.ts';

/** A line for each topic that the fixtures have something of: users by type, DIDs by status, the settings that are not the default. */
export function describeFixtures(fixtures: FixtureState, warningCount = 0): readonly string[] {
  const store = new StateStore(fixtures);
  const { users, providers, devices, dialPlans } = fixtures;
  const topics: readonly (readonly [title: string, parts: readonly string[]])[] = [
    ['users', USER_TYPES.flatMap((type) => countPart(type, users.filter((user) => user.type === type).length))],
    ['providers', [listed(providers.map(({ id, name }) => `${String(id)} ${quoteIfHidden(name)}`.trimEnd()))]],
    ['devices', countPart('', devices.length)],
    ['dial plans', countPart('', dialPlans.length)],
    ['DIDs', DID_STATUSES.flatMap((status) => countPart(status, countDids(store, { status })))],
    ['settings', listChangedSettings(settingsView(store))],
    ['warnings', countPart('', warningCount)],
  ];
  const shown = topics.filter(([, parts]) => parts.join('') !== '');
  const width = Math.max(0, ...shown.map(([title]) => title.length));
  return shown.map(([title, parts]) => `  ${title.padEnd(width)}  ${parts.join(', ')}`);
}

function countPart(name: string, count: number): readonly string[] {
  return count === 0 ? [] : [`${name}${name === '' ? '' : ' '}${String(count)}`];
}

/** The settings that are not the default, as in YAML. The key is masked. */
function listChangedSettings(settings: SettingsView): readonly string[] {
  const defaults = settingsView(new StateStore(new FixtureState(fixturesFromObject({}))));
  return Object.entries(settings)
    .filter(([name, value]) => !/^next_/.test(name) && value !== defaults[name as keyof SettingsView])
    .map(([name, value]) => `${name}: ${quoteIfHidden(String(value))}`);
}
