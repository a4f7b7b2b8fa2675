/** The world: who is in it, its settings, clock, fixtures, snapshots and sandboxes. Each part has an address of its own. */
import type { Health } from './answers.ts';
import { linkTo } from './place.ts';
import type { Route } from './route.ts';
import { FixturesPart } from './world-fixtures.tsx';
import { PeoplePart } from './world-people.tsx';
import { RunPart } from './world-run.tsx';
import { SandboxesPart } from './world-sandboxes.tsx';
import { SettingsPart } from './world-settings.tsx';
import { TimePart } from './world-time.tsx';

const PARTS = [
  ['people', 'Who may use what', PeoplePart],
  ['settings', 'Settings', SettingsPart],
  ['time', 'Clock and snapshots', TimePart],
  ['fixtures', 'Fixtures', FixturesPart],
  ['sandboxes', 'Sandboxes', SandboxesPart],
  ['run', 'Saved run', RunPart],
] as const;

/** The view of the world. */
export function WorldView({ route, health }: { readonly route: Route; readonly health: Health }) {
  const [current, title, Part] = PARTS.find(([name]) => name === route.item) ?? PARTS[0];
  return (
    <>
      <h1>World</h1>
      <nav class="parts" aria-label="Parts of the world">
        <ul>
          {PARTS.map(([name, text]) => (
            <li key={name}>
              <a href={linkTo('world', name)} aria-current={name === current ? 'page' : undefined}>
                {text}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <section aria-label={title}>
        <h2>{title}</h2>
        <Part health={health} />
      </section>
    </>
  );
}
