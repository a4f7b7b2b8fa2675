/** Whose user a user is. Source: the vendor's pages of each call; what they leave open is ours. */
import { isAdministrator } from './caller.ts';
import type { User, UserList } from '../model.ts';

/**
 * Whether a call finds a user for its caller. Admin and accountant find the administrator's plain users, resellers and themselves; a
 * reseller finds the reseller's plain users and themselves.
 */
export function isUserOfCaller(caller: User | undefined, user: User, users: UserList): boolean {
  if (caller === undefined) return false;
  if (user.id === caller.id) return true;
  switch (caller.type) {
    case 'admin':
    case 'accountant':
      return user.type === 'reseller' || (user.type === 'user' && isAdministrator(user.owner_id, users));
    case 'reseller':
      return user.type === 'user' && user.owner_id === caller.id;
    default:
      return false;
  }
}
