/** Which DIDs a list has: the filters of dids_get. A blank filter is an absent one; a value that no DID can have finds nothing. */
import { DID_DEFAULTS, DID_STATUSES, type Did, type User } from '../model.ts';
import { idIn, NOT_TEXT, getString, trimmed, type Params } from '../params.ts';
import type { DidPredicate, MorState } from '../state.ts';
import { getStatusFor, isVisibleTo } from './did.ts';
import { getDisplayName } from './display-name.ts';

const isNothing: DidPredicate = () => false;

/** The fields that a filter compares by id. */
const ID_FILTERS = {
  search_dialplan: 'dial_plan_id',
  search_user: 'user_id',
  search_device: 'device_id',
  search_provider: 'provider_id',
} as const;

/** Makes the condition of a list from the parameters of a call. */
export function parseDidFilter(params: Params, caller: User | undefined, state: MorState): DidPredicate {
  const filters: DidPredicate[] = [(did) => isVisibleTo(caller, did)];
  const add = (name: string, parse: (sent: string) => DidPredicate | undefined): void => {
    const sent = params.get(name) ?? '';
    if (sent === NOT_TEXT) filters.push(isNothing);
    else if (trimmed(sent) !== '') filters.push(parse(sent) ?? (() => true));
  };
  for (const [name, field] of Object.entries(ID_FILTERS)) {
    add(name, (sent) => {
      const id = idIn(sent);
      return id === undefined ? isNothing : (did) => did[field] === id;
    });
  }
  add('search_language', (sent) => {
    const language = trimmed(sent);
    return language === 'all' ? undefined : (did) => (did.language ?? DID_DEFAULTS.language) === language;
  });
  add('search_status', (sent) => {
    const status = DID_STATUSES.find((known) => known === sent);
    return status === undefined ? isNothing : (did) => getStatusFor(caller, did, state.users) === status;
  });
  add('search_did_number', matchLike);
  add('search_did_owner', (sent) => {
    const wanted = trimmed(sent).toLowerCase();
    return ({ user_id }) => {
      const user = user_id === undefined ? undefined : state.findUserById(user_id);
      return user !== undefined && getDisplayName(user).toLowerCase().includes(wanted);
    };
  });
  if (getString(params, 'search_hide_terminated_dids') === '1') filters.push(({ status }) => status !== 'terminated');
  return (did) => filters.every((isWanted) => isWanted(did));
}

/**
 * A part of the number by SQL's LIKE, without an escape character: `%` is any text, `_` any one character. The parts between the `%`
 * are looked for from left to right, which finds what a regular expression would, in a bounded time.
 */
function matchLike(pattern: string): DidPredicate {
  // Several % are one, so that no number is compared with more parts than it has characters.
  const parts = pattern.toLowerCase().split(/%+/);
  return ({ did }: Did) => {
    const number = did.toLowerCase();
    let from = 0;
    for (const part of parts) {
      const at = findPart(number, part, from);
      if (at < 0) return false;
      from = at + part.length;
    }
    return true;
  };
}

function findPart(text: string, part: string, from: number): number {
  if (!part.includes('_')) return text.indexOf(part, from);
  for (let at = from; at + part.length <= text.length; at++) {
    let i = 0;
    while (i < part.length && (part[i] === '_' || part[i] === text[at + i])) i += 1;
    if (i === part.length) return at;
  }
  return -1;
}
