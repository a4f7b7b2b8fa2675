/** Formats the facts of a decision for a trace. */
import type { Words } from '../mor/check.ts';
import type { CallerFacts } from '../mor/checks/caller.ts';
import {
  joined,
  listSecretKeys,
  listed,
  MASKED_KEY,
  onOrOff,
  ownerInWords,
  paramInWords,
  providerNamed,
  secretsIn,
  shown,
  userInWords,
} from '../mor/in-words.ts';
import { NOT_TEXT, trimmed } from '../mor/params.ts';
import { describeCharacter, quote } from '../mor/quote.ts';

/** The words for one decision. */
export function createWords(facts: CallerFacts): Words {
  const keys = listSecretKeys(facts);
  const secrets = secretsIn(facts);
  return {
    mask: MASKED_KEY,
    keys,
    quote: (value) => shown(value, secrets),
    quoteWithMask: (value) => shown(value, secrets, { suffix: MASKED_KEY }),
    character: describeCharacter,
    param: (name) => paramInWords(facts, name),
    caller: () => formatCaller(facts),
    user: userInWords,
    owner: (id) => ownerInWords(id, facts.users),
    provider: providerNamed,
    onOff: onOrOff,
    list: listed,
    join: joined,
    rehash: () => (facts.hashIsChecked ? '; the hash changes with it' : ''),
  };
}

/** Who calls: `the caller is user 6 (admin joe)`. */
function formatCaller(facts: CallerFacts): string {
  const { caller, params, users } = facts;
  if (caller !== undefined) return `the caller is ${userInWords(caller)}`;
  const u = params.get('u');
  if (u === undefined || u === NOT_TEXT || u === '') return paramInWords(facts, 'u');
  const meant = users.find(({ username }) => trimmed(username).toLowerCase() === trimmed(u).toLowerCase());
  const hint = meant === undefined ? '' : `, and names are compared exactly: there is ${quote(meant.username)}`;
  return `no user is called ${shown(u, secretsIn(facts))}${hint}`;
}
