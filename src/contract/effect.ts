/** What requests did to the records of the mock, compared with what a case says. */
import { quote } from '../mor/quote.ts';
import { diff, type Difference } from './compare.ts';
import type { CaseTable, EffectRow, Step } from './table.ts';

/** A record as the admin API lists it. */
export type RecordRow = Readonly<Record<string, unknown>>;

/** The records of a world that a case may name, and the settings with the next ids. */
export interface WorldRows {
  readonly dids: readonly RecordRow[];
  readonly users: readonly RecordRow[];
  readonly devices: readonly RecordRow[];
  readonly settings: RecordRow;
}

/** How a case names what of a kind a success creates, and which setting counts it. */
const CREATED = [
  { kind: 'dids', counts: 'created', next: 'next_did_id' },
  { kind: 'users', counts: 'created_users', next: 'next_user_id' },
  { kind: 'devices', counts: 'created_devices', next: 'next_device_id' },
] as const;

/** What differs from what successes create: the records that calls made, and the ids that they took. `before`: the settings at the start. */
export function compareCreated(
  successes: readonly CaseTable['each_success'][],
  before: RecordRow,
  after: WorldRows,
): readonly Difference[] {
  return CREATED.flatMap(({ kind, counts, next }) => {
    const created = successes.reduce((sum, each) => sum + (each?.[counts] ?? 0), 0);
    const found = after[kind].filter((row) => row['created'] === true).length;
    return [
      ...diff('effect', `${String(created)} ${kind} created`, `${String(found)} ${kind} created`),
      ...diff('effect', `${next} ${String(Number(before[next]) + created)}`, `${next} ${String(after.settings[next])}`),
    ];
  });
}

/** What differs from the effects of these steps; of several rows for one record the last counts. */
export function compareEffect(steps: readonly Step[], world: Omit<WorldRows, 'settings'>): readonly Difference[] {
  const rows = new Map<string, EffectRow>();
  for (const { expect } of steps) {
    for (const row of expect.effect ?? []) {
      const { name, found } = findRow(world, row);
      rows.set(name.startsWith('DID') && found !== undefined ? `DID ${String(found['id'])}` : name, row);
    }
  }
  return [...rows.values()].flatMap((row) => compareRow(row, findRow(world, row)));
}

/** The record that a row is about, and what to call it. */
interface Named {
  readonly name: string;
  readonly found: RecordRow | undefined;
}

/** A row with `user` or `device` is about that one; any other is about a DID. */
function findRow({ dids, users, devices }: Omit<WorldRows, 'settings'>, row: EffectRow): Named {
  const withId = (rows: readonly RecordRow[], id: unknown): RecordRow | undefined => rows.find((found) => found['id'] === id);
  if ('user' in row) return { name: `user ${String(row.user)}`, found: withId(users, row.user) };
  if ('device' in row) return { name: `device ${String(row.device)}`, found: withId(devices, row.device) };
  const { id, did } = row as { readonly id?: number; readonly did?: string };
  const name = `DID ${String(did ?? id)}`;
  return { name, found: id === undefined ? dids.find((found) => found['did'] === did) : withId(dids, id) };
}

function compareRow(row: EffectRow, { name, found }: Named): readonly Difference[] {
  const { gone, ...wanted } = row;
  if (gone === true) return diff('effect', `${name} is gone`, found === undefined ? `${name} is gone` : `${name} is there`);
  if (found === undefined) return diff('effect', `${name} is there`, `${name} is not there`);
  return Object.entries(wanted).flatMap(([field, value]) => {
    if (field === 'user' || field === 'device') return [];
    // A record has no field for what it has not.
    const got = found[field] ?? null;
    return isSoon(value, got) ? [] : diff('effect', `${field} ${format(value)}`, `${field} ${format(got)}`);
  });
}

const SECONDS_PER_DAY = 86_400;

/** How late a comparison may be, in seconds. */
const TOLERANCE = 300;

/** Whether a time is what `now+90d` meant a moment ago. */
function isSoon(wanted: unknown, got: unknown): boolean {
  const days = typeof wanted === 'string' ? /^now\+([0-9]+)d$/.exec(wanted)?.[1] : undefined;
  if (days === undefined || typeof got !== 'number') return false;
  const late = Date.now() / 1000 + Number(days) * SECONDS_PER_DAY - got;
  return late >= 0 && late < TOLERANCE;
}

function format(value: unknown): string {
  return typeof value === 'string' ? quote(value, { maxLength: 500 }) : JSON.stringify(value);
}
