/** Source: the vendor's page "MOR API user logout", and published clients, which often send no hash. */
import { apiIsEnabled, hashMatches, methodIsAllowed, secretKeyIsSet } from '../checks/caller.ts';
import { callerIsKnown } from '../checks/customer.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { ACTION, action, record, text } from '../reply.ts';

/** `user_logout`. */
export const userLogout = defineCall<object>({
  name: 'user_logout',
  oldNames: ['logout'],
  summary: 'ends what user_login began; nothing hangs on it',
  params: { u: U, hash: HASH },
  hashed: [],
  isHashOptional: true,
  isReadOnly: true,
  form: ACTION,
  success: 'ok',
  answer: record({ name: text('logout'), status: text('ok') }),
  ownErrors: { logoutFailed: record({ name: text('logout'), status: text('failed') }) },
  onPage: ['logoutFailed'],
  facts: () => ({}),
  checks: [
    apiIsEnabled,
    methodIsAllowed,
    secretKeyIsSet,
    { ...hashMatches, orElse: 'logoutFailed' },
    { ...callerIsKnown, orElse: 'logoutFailed' },
  ],
  result: () => ({ reply: action({ name: 'logout', status: 'ok' }), changes: [] }),
});
