/** The fixtures of a world: written out, replaced, read again. */
import { isPath } from './check-arguments.ts';
import { BodyValue } from '../loader/body-value.ts';
import { BODY_SOURCE, fixturesFromObject, parseFixtures, readFixtures } from '../loader/load.ts';
import type { LoadProgress } from '../loader/load-progress.ts';
import { serializeFixtures } from '../loader/serialize.ts';
import type { FixturesInput } from '../loader/schema.ts';
import { quote } from '../mor/quote.ts';
import { MockMorError } from '../problems.ts';
import { FixtureState, type FixtureData } from '../world/fixture-state.ts';
import type { World } from '../world/world.ts';
import type { StateStore } from '../world/store.ts';
import { resetWorld } from './reset.ts';

/** Where the world in force came from. */
export interface Origin {
  /** As health shows it: a path, `shipped`, `body` or `object`. */
  readonly source: string;
  /** The path a reload reads; undefined where the fixtures came from no file. */
  readonly path: string | undefined;
  /** Hears of each load. */
  readonly listener: LoadProgress;
}

export interface Counts {
  readonly users: number;
  readonly providers: number;
  readonly dids: number;
}

/** How many rows and blocks are written as YAML at the most: about what a fixture file may hold. */
const MAX_ENTRIES = 120_000;

export function countRecords({ users, providers, counts }: StateStore): Counts {
  return { users: users.length, providers: providers.length, dids: counts.dids };
}

/** The world in force as YAML. @throws MockMorError `WORLD_TOO_LARGE` */
export function writtenFixtures(store: StateStore): string {
  const data = store.toFixtureData(MAX_ENTRIES);
  if (data !== undefined) return serializeFixtures(data);
  throw new MockMorError(
    'WORLD_TOO_LARGE',
    `the world has more than ${String(MAX_ENTRIES)} single numbers and blocks, and written as YAML it could not be read again; its list files and what GET /__admin/dids (mor.dids) lists, page by page, say the same`,
  );
}

/** @throws MockMorError `FIXTURE_INVALID`, and nothing changed */
export function replaceFixtures(sandbox: World, { listener: { onWarning } }: Origin, fixtures: string | FixturesInput | BodyValue): Counts {
  if (typeof fixtures === 'string' && isPath(fixtures.trim())) {
    throw new MockMorError(
      'FIXTURE_INVALID',
      `${quote(fixtures.trim(), { maxLength: 200 })} is a path, and YAML text is expected: send what the file holds (curl --data-binary @FILE), or make the mock by createMockMor({ fixtures: PATH })`,
    );
  }
  const isBody = typeof fixtures === 'string' || fixtures instanceof BodyValue;
  if (isBody) return rebase(sandbox, parseFixtures(fixtures, BODY_SOURCE, { onWarning }), BODY_SOURCE);
  return rebase(sandbox, fixturesFromObject(fixtures, { onWarning }), 'object');
}

/** Reads the files again. @throws MockMorError `FIXTURE_INVALID`, `NO_FIXTURE_FILES`, and nothing changed but what health shows */
export function reloadFixtures(sandbox: World, { path, source, listener }: Origin): Counts {
  if (path === undefined) {
    throw new MockMorError(
      'NO_FIXTURE_FILES',
      'the fixtures were given as an object, so there is no file to read again; replace them instead',
    );
  }
  try {
    return rebase(sandbox, readFixtures(path, listener), source);
  } catch (error) {
    sandbox.fixtureSource = { ...sandbox.fixtureSource, failure: error instanceof Error ? error.message : String(error) };
    throw error;
  }
}

/** Other fixtures are a complete reset, too: the requests and fault rules of the old world mean nothing in the new one. */
function rebase(sandbox: World, records: FixtureData, source: string): Counts {
  sandbox.replaceFixtures(new FixtureState(records), { source, loadedAt: new Date() });
  resetWorld(sandbox, ['requests', 'faults']);
  return countRecords(sandbox.store);
}
