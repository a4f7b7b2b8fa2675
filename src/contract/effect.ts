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
  return Object.entries(wanted).flatMap(([field, value]) =>
    diff('effect', `${field} ${format(value)}`, `${field} ${format(found[field])}`),
  );
}

function format(value: unknown): string {
  return typeof value === 'string' ? quote(value, { maxLength: 500 }) : JSON.stringify(value);
}
