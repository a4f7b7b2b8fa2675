/** Source: the vendor's page "MOR API user details get" of 2012; docs/behaviour.md says how we decide what it leaves open. */
import { REQUEST_CHECKS, type CallerFacts } from '../checks/caller.ts';
import { callerIsKnown, findUserByEither, userIsVisible } from '../checks/customer.ts';
import type { UserFacts } from '../checks/user.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { formatBalance } from '../format-balance.ts';
import { field, page, record, text, type AnswerShape, type ReplyRecord } from '../reply.ts';

const asEmpty = (names: readonly string[]): ReplyRecord => Object.fromEntries(names.map((name) => [name, '']));

const OTHER_DETAILS = ['personalid', 'agreement_number', 'agreement_date', 'taxation_country', 'vat_reg_number', 'vat_percent'];

const REGISTRATION = ['address', 'postcode', 'city', 'country', 'state', 'direction', 'phone', 'mobile', 'fax'].map(
  (name) => `reg_${name}`,
);

const emptyFields = (names: readonly string[]): Readonly<Record<string, AnswerShape>> =>
  Object.fromEntries(names.map((name) => [name, field('string', 'empty here')]));

/** `user_details_get`. */
export const userDetailsGet = defineCall<Omit<UserFacts, keyof CallerFacts>>({
  name: 'user_details_get',
  oldNames: ['user_details'],
  summary: 'gives the details of a user',
  params: {
    u: U,
    user_id: { description: 'id of the user; in the hash if it is sent', names: 'user' },
    username: { description: 'name of the user, in place of user_id or next to it; in the hash if it is sent' },
    hash: HASH,
  },
  hashed: ['user_id', 'username'],
  isReadOnly: true,
  errorFrame: 'page',
  success: 'success',
  answer: record({
    pagename: text('Personal_details'),
    language: text('en'),
    userid: field('digits', 'id of the user'),
    details: record({
      main_detail: record({
        account: text('Postpaid'),
        balance: field('string', 'the balance and the currency'),
        balance_number: field('string', 'the balance, with four decimals'),
        balance_currency: text('USD'),
        credit: text('Unlimited'),
      }),
      other_details: record({
        username: field('string', 'name of the user'),
        first_name: field('string', 'empty if there is none'),
        surname: field('string', 'the last name; empty if there is none'),
        ...emptyFields(OTHER_DETAILS),
      }),
      registration: record({ ...emptyFields(REGISTRATION), reg_email: field('string', 'email address; empty if there is none') }),
    }),
  }),
  onPage: ['hashIncorrect', 'accessDenied', 'userNotFound'],
  facts: ({ params }, state) => ({ namedUser: findUserByEither(params, state) }),
  checks: [...REQUEST_CHECKS, callerIsKnown, userIsVisible],
  result: ({ namedUser }) => {
    if (namedUser === undefined) throw new Error('user_details_get got a result for a call that its checks refuse');
    const { id, username, first_name = '', last_name = '', email = '' } = namedUser;
    const balance = formatBalance(namedUser);
    return {
      reply: page({
        pagename: 'Personal_details',
        language: 'en',
        userid: String(id),
        details: {
          main_detail: {
            account: 'Postpaid',
            balance: `${balance} USD`,
            balance_number: balance,
            balance_currency: 'USD',
            credit: 'Unlimited',
          },
          other_details: { username, first_name, surname: last_name, ...asEmpty(OTHER_DETAILS) },
          registration: { ...asEmpty(REGISTRATION), reg_email: email },
        },
      }),
      changes: [],
    };
  },
});
