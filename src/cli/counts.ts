import type { Counts } from '../control/fixtures-control.ts';
import { counted } from '../fixtures/counted.ts';

/** What a world holds, in words: `6 users, 1 provider, 2 DIDs`. */
export function countsText({ users, providers, dids }: Counts): string {
  return [counted(users, 'user'), counted(providers, 'provider'), counted(dids, 'DID')].join(', ');
}
