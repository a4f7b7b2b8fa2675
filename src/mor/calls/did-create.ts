/**
 * `did_create`: makes a DID, a phone number, at a provider.
 * Source: the vendor's page "MOR API did create"; what it leaves open is settled in docs/behaviour.md.
 */
import { refusal, type Call, type CallParam, type CallRequest, type Outcome } from '../call.ts';
import { apiIsOn, CallerFacts, callerMayUseApi, hashMatches, isAdministrator, methodIsAllowed, secretKeyIsSet } from '../caller.ts';
import { firstError, type Check } from '../check.ts';
import { ADMINISTRATOR_ID, MAX_ID, type Did, type Provider, type Settings, type User } from '../model.ts';
import { idIn, NOT_TEXT, textOf, textToHash, trimmed, type Params } from '../params.ts';
import type { Trace } from '../trace.ts';
import type { MorState } from '../state.ts';
import { explained } from './did-create-explained.ts';

/** Everything the checks read, looked up once. */
export class DidCreateFacts extends CallerFacts {
  readonly textsToHash: readonly string[];
  /** The provider that was named or, for a reseller who named none, the default one; undefined where there is none or it is hidden. */
  readonly provider: Provider | undefined;
  readonly isAdministratorsProvider: boolean;
  readonly isDefaultProvider: boolean;
  readonly resellersMayAddDids: boolean;
  /** The number without the white space around it; undefined where it was not sent or is no text. */
  readonly did: string | undefined;
  readonly existingDid: Did | undefined;
  readonly maxDidLength: number;
  /** False where the sequence of ids has run out. */
  readonly idIsLeft: boolean;

  constructor(request: CallRequest, world: MorState) {
    super(request, world);
    const { caller, params, settings } = this;
    const provider = namedProvider(params, caller, world);
    const sentDid = textOf(params, 'did');
    const did = sentDid === undefined ? undefined : trimmed(sentDid);
    this.textsToHash = textsToHash(params, caller, settings);
    this.provider = provider;
    this.isAdministratorsProvider = provider !== undefined && isAdministrator(provider.user_id, world);
    this.isDefaultProvider = provider !== undefined && provider.id === settings.default_did_provider_id;
    this.resellersMayAddDids = settings.resellers_can_add_their_own_dids;
    this.did = did;
    this.existingDid = did === undefined ? undefined : world.findDidByNumber(did);
    this.maxDidLength = settings.max_did_length;
    this.idIsLeft = world.nextDidId <= MAX_ID;
  }
}

/** What MOR checks for did_create, in the order it checks. The first row that does not hold is the answer. */
export const DID_CREATE_CHECKS = [
  { requires: apiIsOn, orElse: 'apiDisabled' },
  { requires: methodIsAllowed, orElse: 'getDisabled' },
  { requires: secretKeyIsSet, orElse: 'secretKeyMissing' },
  { requires: hashMatches, orElse: 'hashIncorrect' },
  { requires: callerMayUseApi, orElse: 'accessDenied' },
  { requires: providerExists, orElse: 'providerNotFound' },
  { requires: providerIsForCaller, orElse: 'providerNotYours' },
  { requires: callerMayManageDids, orElse: 'didsNotManageable' },
  { requires: didIsNew, orElse: 'didExists' },
  { requires: didIsDigits, orElse: 'didInvalid' },
  { requires: rowCanBeStored, orElse: 'creationFailed' },
] as const satisfies readonly Check<DidCreateFacts>[];

/** What did_create reads, as the vendor's page has it; `test` is known to every call of MOR's (observed). */
const PARAMS: readonly CallParam[] = [
  { name: 'u', means: 'username of the caller, matched exactly', required: 'always' },
  { name: 'provider_id', means: 'id of the provider the DID is created for', required: { unless: 'the caller is a reseller' } },
  { name: 'did', means: 'the DID number to create', required: 'always' },
  {
    name: 'hash',
    means: 'lower-case hex SHA-1 of provider_id, did and the API secret key, the texts as sent, nothing between them',
    required: { unless: 'hash checking is disabled' },
  },
  { name: 'custom_sip_header', means: 'adds a custom SIP header to the DID', required: 'never' },
  { name: 'comment', means: 'the main DID comment; an empty value clears it', required: 'never' },
  { name: 'reseller_comment', means: "the reseller's own comment on the DID; an empty value clears it", required: 'never' },
  { name: 'test', means: '1 makes the answer carry the number beside its id', required: 'never' },
];

const SUCCESS = 'DID created';

/** What the answer to a success carries beside its status. */
const DETAILS = {
  element: 'did_details',
  fields: [
    { name: 'id', means: 'id of the new DID', holds: 'id' },
    { name: 'did', means: 'its number', holds: 'digits', onlyIf: 'test=1' },
  ],
} as const satisfies Call['details'];

export const didCreate: Call = {
  name: 'did_create',
  about: 'makes a DID, a phone number, at a provider',
  params: PARAMS,
  success: SUCCESS,
  details: DETAILS,
  errors: DID_CREATE_CHECKS.map(({ orElse }) => orElse),
  decide: (request, world) => {
    const facts = new DidCreateFacts(request, world);
    const error = firstError(DID_CREATE_CHECKS, facts);
    const explain = (): Trace => explained(didCreate, DID_CREATE_CHECKS, facts, error);
    return error === undefined ? act(facts, request.params, world.nextDidId, explain) : refusal(error, explain);
  },
};

/** The vendor's rule, `provider_id` then `did`; where it is accepted also the recipe of the vendor's example, without the DID. */
function textsToHash(params: Params, caller: User | undefined, settings: Settings): readonly string[] {
  const providerText = textToHash(params, 'provider_id');
  const didText = textToHash(params, 'did');
  if (providerText === undefined) return [];
  const acceptsWithoutDid = settings.accept_hash_without_did || caller?.accept_hash_without_did === true;
  const texts = didText === undefined ? [] : [providerText + didText];
  return acceptsWithoutDid ? [...texts, providerText] : texts;
}

function namedProvider(params: Params, caller: User | undefined, world: MorState): Provider | undefined {
  const sent = params.get('provider_id') ?? '';
  if (sent === NOT_TEXT) return undefined;
  const isLeftOut = trimmed(sent) === '';
  const id = isLeftOut && caller?.type === 'reseller' ? world.settings.default_did_provider_id : idIn(sent);
  const provider = id === undefined ? undefined : world.findProviderById(id);
  return provider?.hidden === false ? provider : undefined;
}

function providerExists({ provider }: DidCreateFacts): boolean {
  return provider !== undefined;
}

/** Admin and accountant: a provider of the administrator's. Reseller: his own, with Reseller PRO, or the default one. */
function providerIsForCaller(facts: DidCreateFacts): boolean {
  const { caller, provider } = facts;
  if (provider === undefined) return false;
  switch (caller?.type) {
    case 'admin':
    case 'accountant':
      return facts.isAdministratorsProvider;
    case 'reseller':
      return facts.isDefaultProvider || (caller.own_providers && provider.user_id === caller.id);
    default:
      return false;
  }
}

/** Accountant: his permission group edits manage-DIDs. Reseller: resellers may add their own DIDs. */
function callerMayManageDids({ caller, resellersMayAddDids }: DidCreateFacts): boolean {
  switch (caller?.type) {
    case 'admin':
      return true;
    case 'accountant':
      return caller.permissions.manage_dids === 'edit';
    case 'reseller':
      return resellersMayAddDids;
    default:
      return false;
  }
}

function didIsNew({ existingDid }: DidCreateFacts): boolean {
  return existingDid === undefined;
}

function didIsDigits({ did }: DidCreateFacts): boolean {
  return did !== undefined && /^[0-9]+$/.test(did);
}

function rowCanBeStored({ did, maxDidLength, idIsLeft }: DidCreateFacts): boolean {
  return did !== undefined && did.length <= maxDidLength && idIsLeft;
}

/** Runs only when every check holds. */
function act({ caller, provider, did }: DidCreateFacts, params: Params, id: number, explain: () => Trace): Outcome {
  if (caller === undefined || provider === undefined || did === undefined)
    throw new Error('did_create acted on a call that its checks refuse');
  const created: Did = {
    id,
    did,
    provider_id: provider.id,
    reseller_id: caller.type === 'reseller' ? caller.id : ADMINISTRATOR_ID,
    status: 'free',
    // Absent, empty and no text end alike: nothing is stored.
    custom_sip_header: textOf(params, 'custom_sip_header') ?? '',
    comment: textOf(params, 'comment') ?? '',
    reseller_comment: textOf(params, 'reseller_comment') ?? '',
  };
  const isDebugging = textOf(params, 'test') === '1';
  const idField = ['id', String(id)] as const;
  return {
    reply: {
      kind: 'success',
      text: SUCCESS,
      details: { element: DETAILS.element, fields: isDebugging ? [idField, ['did', did]] : [idField] },
    },
    changes: [{ kind: 'did.add', did: created }],
    explain,
  };
}
