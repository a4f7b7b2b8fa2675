/** Source: the vendor's page "MOR API dids get"; docs/behaviour.md says how we decide what the page leaves open. */
import { check } from '../check.ts';
import { CALLER_CHECKS, mayUseApi, type CallerFacts } from '../checks/caller.ts';
import { getDisplayName } from '../checks/display-name.ts';
import { getStatusFor } from '../checks/did.ts';
import { parseDidFilter } from '../checks/did-filter.ts';
import { mayReadDids } from '../checks/rights.ts';
import { defineCall, HASH, U } from '../define-call.ts';
import { DID_DEFAULTS, type Did } from '../model.ts';
import { getString, trimmed, type Params } from '../params.ts';
import { field, list, page, record, type ReplyRecord } from '../reply.ts';
import type { MorState } from '../state.ts';

/** What only dids_get looks up. */
interface DidsGetFacts extends CallerFacts {
  /** Whether the answer has records. No more is kept: a trace is made long after the state has changed. */
  readonly hasRecords: boolean;
}

function lookUp(caller: CallerFacts, state: MorState): Omit<DidsGetFacts, keyof CallerFacts> {
  return { hasRecords: !isEmpty(listRecords(caller, state)) };
}

function isEmpty(items: Iterable<unknown>): boolean {
  for (const _ of items) return false;
  return true;
}

/** The records of the answer, made as they are read. */
function listRecords({ params, caller }: CallerFacts, state: MorState): Iterable<ReplyRecord> {
  const dids = state.listDids(parseDidFilter(params, caller, state));
  const first = Math.max(parseWholeNumber(params, 'from') ?? 1, 1) - 1;
  const max = parseWholeNumber(params, 'max_results') ?? 0;
  const end = max < 1 ? Infinity : first + max;
  return {
    *[Symbol.iterator]() {
      let index = 0;
      for (const did of dids) {
        if (index >= end) return;
        if (index >= first) yield toRecord(did, caller, state);
        index += 1;
      }
    },
  };
}

/** Below 1 is for the call to decide; undefined if it is no whole number. */
function parseWholeNumber(params: Params, name: string): number | undefined {
  const sent = trimmed(getString(params, name) ?? '');
  return /^[+-]?[0-9]+$/.test(sent) ? Number(sent) : undefined;
}

function toRecord(did: Did, caller: CallerFacts['caller'], state: MorState): ReplyRecord {
  const provider = state.findProviderById(did.provider_id);
  const reseller = state.findUserById(did.reseller_id);
  const owner = did.user_id === undefined ? undefined : state.findUserById(did.user_id);
  const device = did.device_id === undefined ? undefined : state.findDeviceById(did.device_id);
  const plan = did.dial_plan_id === undefined ? undefined : state.findDialPlanById(did.dial_plan_id);
  const status = getStatusFor(caller, did, state.users);
  const limit = did.call_limit ?? DID_DEFAULTS.call_limit;
  return {
    did: did.did,
    provider: provider?.name ?? '',
    language: did.language ?? DID_DEFAULTS.language,
    status: `${status[0]?.toUpperCase() ?? ''}${status.slice(1)}`,
    reseller: reseller?.type === 'reseller' ? getDisplayName(reseller) : '',
    ...(owner === undefined ? {} : { owner: getDisplayName(owner) }),
    device: device === undefined ? '' : `${device.type}/${device.username}`,
    dial_plan: plan === undefined ? '' : `${plan.name} (${plan.type})`,
    simultaneous_call_limit: limit === 0 ? 'Unlimited' : String(limit),
    tone_zone: did.tone_zone ?? DID_DEFAULTS.tone_zone,
    id: String(did.id),
  };
}

const someDidFits = check<DidsGetFacts>({
  requires: ({ hasRecords }) => hasRecords,
  orElse: 'noDidsFound',
  statement: 'some DID of the caller fits the filters, from the position asked for',
  actual: ({ hasRecords, params }, words) => {
    const filters = FILTERS.filter((name) => params.has(name)).map((name) => words.param(name));
    return `${hasRecords ? 'at least one fits' : 'none fits'}${filters.length === 0 ? ' (no filter was sent)' : ` ${filters.join(', ')}`}`;
  },
  fix: () => 'fewer or other filters, or a DID in the fixtures that fits them',
  isUndetermined: ({ caller }) => !mayUseApi(caller),
});

const FILTER_PARAMS = {
  search_did_number: { description: 'a part of the number, ignoring case; % and _ as in LIKE of SQL' },
  search_status: { description: 'free, reserved, active, closed or terminated, as the caller sees it' },
  search_did_owner: { description: 'a part of the name of the user, ignoring case' },
  search_dialplan: { description: 'id of the dial plan' },
  search_user: { description: 'id of the user', names: 'user' },
  search_device: { description: 'id of the device' },
  search_provider: { description: 'id of the provider', names: 'provider' },
  search_language: { description: 'the language; all for any' },
  search_hide_terminated_dids: { description: '1 leaves terminated DIDs out' },
  from: { description: 'the first record of the answer, counted from 1' },
  max_results: { description: 'how many records the answer has at most' },
} as const;

const FILTERS = Object.keys(FILTER_PARAMS);

/** `dids_get`. */
export const didsGet = defineCall<Omit<DidsGetFacts, keyof CallerFacts>>({
  name: 'dids_get',
  summary: 'lists DIDs',
  params: { u: U, hash: HASH, ...FILTER_PARAMS },
  hashed: [],
  isReadOnly: true,
  errorFrame: 'page',
  answer: record({
    dids: list(
      'did',
      record({
        did: field('string', 'the number'),
        provider: field('string', 'name of the provider'),
        language: field('string', 'two letters'),
        status: field('string', 'Free, Reserved, Active, Closed or Terminated, as the caller sees it'),
        reseller: field('string', 'name of the reseller it belongs to; empty for the administrator'),
        owner: field('string', 'name of the user', 'the DID has a user'),
        device: field('string', 'type and username of the device, such as SIP/105'),
        dial_plan: field('string', 'name and type of the dial plan'),
        simultaneous_call_limit: field('string', 'Unlimited, or how many calls at one time'),
        tone_zone: field('string', 'tone zone'),
        id: field('id', 'id of the DID'),
      }),
    ),
  }),
  onPage: ['hashIncorrect', 'accessDenied', 'noDidsFound'],
  facts: lookUp,
  checks: [...CALLER_CHECKS, mayReadDids, someDidFits],
  result: (facts, state) => ({ reply: page({ dids: ['did', listRecords(facts, state)] }), changes: [] }),
});
