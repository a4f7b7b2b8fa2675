/** Source: older revisions of the vendor's page "MOR API user balance get", and published clients. */
import { check } from '../check.ts';
import { findUserNamedByU, REQUEST_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { callerIsKnown, userIsVisible } from '../checks/customer.ts';
import type { UserFacts } from '../checks/user.ts';
import { defineCall, HASH } from '../define-call.ts';
import { formatBalance } from '../format-balance.ts';
import type { User } from '../model.ts';
import { getString, type Params } from '../params.ts';
import { field, page, record } from '../reply.ts';
import type { MorState } from '../state.ts';

function findUser(params: Params, state: MorState): User | undefined {
  const username = getString(params, 'username');
  return username === undefined ? undefined : state.findUserByName(username);
}

const featureIsOn = check<CallerFacts>({
  requires: ({ settings }) => settings.allow_balance_over_http,
  orElse: 'balanceDisabled',
  statement: 'balances are given out',
  actual: ({ settings }, words) => `allow_balance_over_http is ${words.onOff(settings.allow_balance_over_http)}`,
  fix: () => 'allow_balance_over_http: true in the settings',
});

/** `user_balance_get`. */
export const userBalanceGet = defineCall<Omit<UserFacts, keyof CallerFacts>>({
  name: 'user_balance_get',
  oldNames: ['balance'],
  summary: 'gives the balance of a user',
  params: {
    u: { description: 'username of the caller, matched exactly; default: the user whom username names' },
    username: { description: 'name of the user', required: 'always' },
    currency: { description: 'USER or a code; nothing is converted' },
    hash: HASH,
  },
  hashed: ['username', 'currency'],
  isReadOnly: true,
  subject: 'username',
  findCaller: (params, state) => (params.has('u') ? findUserNamedByU(params, state) : findUser(params, state)),
  errorFrame: 'page',
  answer: record({ balance: field('string', 'with four decimals') }),
  onPage: ['hashIncorrect', 'accessDenied', 'balanceDisabled', 'userNotFound'],
  facts: ({ params }, state) => ({ namedUser: findUser(params, state) }),
  checks: [
    ...REQUEST_CHECKS,
    {
      ...callerIsKnown,
      requires: ({ caller, params }) => caller !== undefined || !params.has('u'),
      statement: 'u is the name of a user, or not sent',
    },
    featureIsOn,
    userIsVisible,
  ],
  result: ({ namedUser }) => {
    if (namedUser === undefined) throw new Error('user_balance_get got a result for a call that its checks refuse');
    return { reply: page({ balance: formatBalance(namedUser) }), changes: [] };
  },
});
