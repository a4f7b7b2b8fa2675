import type { Counts } from '../control/fixtures-control.ts';
import { pluralize } from '../loader/pluralize.ts';

/** The number of users, providers and DIDs: `6 users, 1 provider, 2 DIDs`. */
export function formatCounts({ users, providers, dids }: Counts): string {
  return [pluralize(users, 'user'), pluralize(providers, 'provider'), pluralize(dids, 'DID')].join(', ');
}
