/** What requests did to the DIDs of the mock, compared with what a case says. */
import { quote } from '../mor/quote.ts';
import { diff, type Difference } from './compare.ts';
import type { EffectRow, Step } from './table.ts';

/** A DID as the admin API lists it. */
export type DidRow = Readonly<Record<string, unknown>>;

/** What differs from the effects of these steps; of several rows for one DID the last counts. */
export function compareEffect(steps: readonly Step[], dids: readonly DidRow[]): readonly Difference[] {
  const rows = new Map<unknown, EffectRow>();
  for (const { expect } of steps) {
    for (const row of expect.effect ?? []) {
      const found = findRow(dids, row);
      const key = found?.['id'] ?? JSON.stringify(row);
      rows.set(key, row);
    }
  }
  return [...rows.values()].flatMap((row) => compareRow(row, findRow(dids, row)));
}

function findRow(dids: readonly DidRow[], row: EffectRow): DidRow | undefined {
  const { id, did } = row as { readonly id?: number; readonly did?: string };
  return dids.find((found) => (id === undefined ? found['did'] === did : found['id'] === id));
}

function compareRow({ gone, ...wanted }: EffectRow, found: DidRow | undefined): readonly Difference[] {
  const { id, did = id } = wanted as { readonly id?: number; readonly did?: string | number };
  const name = `DID ${String(did)}`;
  if (gone === true) return diff('effect', `${name} is gone`, found === undefined ? `${name} is gone` : `${name} is there`);
  if (found === undefined) return diff('effect', `${name} is there`, `${name} is not there`);
  return Object.entries(wanted).flatMap(([field, value]) => {
    // A DID has no field for what it has not.
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
