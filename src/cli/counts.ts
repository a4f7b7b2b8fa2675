import type { Counts } from '../control/fixtures-control.ts';

/** What a world holds, in words: `6 users, 1 provider, 2 DIDs`. */
export function countsText({ users, providers, dids }: Counts): string {
  return [counted(users, 'user'), counted(providers, 'provider'), counted(dids, 'DID')].join(', ');
}

function counted(count: number, thing: string): string {
  return `${String(count)} ${thing}${count === 1 ? '' : 's'}`;
}
