import type { Counts } from '../control/fixtures-control.ts';
import { counted } from '../fixtures/counted.ts';

/** The number of users, providers and DIDs: `6 users, 1 provider, 2 DIDs`. */
export function formatCounts({ users, providers, dids }: Counts): string {
  return [counted(users, 'user'), counted(providers, 'provider'), counted(dids, 'DID')].join(', ');
}
