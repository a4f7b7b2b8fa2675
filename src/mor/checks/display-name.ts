import type { User } from '../model.ts';

/** What MOR's lists call a user: first and last name with a blank between them, one alone, or the username. Source: the vendor's manual. */
export function getDisplayName({ first_name = '', last_name = '', username }: User): string {
  const names = [first_name, last_name].filter((name) => name !== '');
  return names.length === 0 ? username : names.join(' ');
}
