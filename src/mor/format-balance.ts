import { USER_DEFAULTS, type User } from './model.ts';

/** The balance of a user with four decimals. Fixtures allow as many digits as a number keeps exactly. */
export function formatBalance({ balance = USER_DEFAULTS.balance }: User): string {
  const rounded = Number(balance).toFixed(4);
  return Number(rounded) === 0 ? '0.0000' : rounded;
}
