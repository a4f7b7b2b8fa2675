/** Source: the vendor's page "MOR API user login", and published clients, which often send no hash. */
import { check } from '../check.ts';
import { apiIsEnabled, hashMatches, methodIsAllowed, secretKeyIsSet, type CallerFacts } from '../checks/caller.ts';
import { callerIsKnown } from '../checks/customer.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { getString } from '../params.ts';
import { ACTION, action, field, record, text } from '../reply.ts';

interface LoginFacts extends CallerFacts {
  /** Whether `p` is the caller's password. */
  readonly passwordFits: boolean;
}

const passwordIsRight = check<LoginFacts>({
  requires: ({ passwordFits }) => passwordFits,
  orElse: 'loginFailed',
  statement: 'p is the password of the user',
  actual: ({ params, passwordFits, caller }) => {
    if (caller?.password === undefined || caller.password === '') return 'the user has no password';
    return passwordFits ? 'it is' : params.has('p') ? 'it is not' : 'p was not sent';
  },
  fix: ({ caller }, words) =>
    caller === undefined ? 'a user with a password' : `send the password that ${words.user(caller)} has in the fixtures`,
  isUndetermined: ({ caller }) => caller === undefined,
});

const FAILED = record({ name: text('login'), status: text('failed'), status_message: text('Login failed') });

/** `user_login`. */
export const userLogin = defineCall<Omit<LoginFacts, keyof CallerFacts>>({
  name: 'user_login',
  oldNames: ['login'],
  summary: 'says whether a user and a password fit together',
  params: { u: U, p: { description: 'password of the user', required: 'always' }, hash: HASH },
  hashed: ['u', 'p'],
  isHashOptional: true,
  isReadOnly: true,
  subject: 'u',
  form: ACTION,
  success: 'Successfully logged in',
  answer: record({
    name: text('login'),
    status: text('ok'),
    user_id: field('digits', 'id of the user'),
    status_message: text('Successfully logged in'),
  }),
  ownErrors: { loginFailed: FAILED },
  onPage: ['loginFailed'],
  facts: ({ caller, params }) => {
    const password = caller?.password ?? '';
    return { passwordFits: password !== '' && getString(params, 'p') === password };
  },
  checks: [
    apiIsEnabled,
    methodIsAllowed,
    secretKeyIsSet,
    { ...hashMatches, orElse: 'loginFailed' },
    { ...callerIsKnown, orElse: 'loginFailed' },
    passwordIsRight,
  ],
  result: ({ caller }) => {
    if (caller === undefined) throw new Error('user_login got a result for a call that its checks refuse');
    const answer = { name: 'login', status: 'ok', user_id: String(caller.id), status_message: 'Successfully logged in' };
    return { reply: action(answer), changes: [] };
  },
});
