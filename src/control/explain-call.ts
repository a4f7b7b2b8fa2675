/** Why MOR says what it says: to parameters that nobody sends, and to a request of the journal. */
import { checkOptions } from '../check-options.ts';
import { METHODS, type Method } from '../mor/define-call.ts';
import { getCurrentName } from '../mor/calls/index.ts';
import { explainDecision, type Trace } from '../explain/trace.ts';
import { NOT_TEXT, type Params, type ParamValue } from '../mor/params.ts';
import { redactQuotes, type KnownSecrets } from '../mor/redact.ts';
import type { MorState } from '../mor/state.ts';
import { unknownName } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';
import type { JournalEntry, ReceivedParam } from '../world/journal.ts';
import { decideCall } from './decide-call.ts';
import { noteIgnored, toReceived } from './ignored-params.ts';
import { worldSecrets } from './request-secrets.ts';

/** The parameters of a call by name, as a JSON body would have them. */
export type CallParams = Readonly<Record<string, string | number | boolean | null | undefined>> | Params;

/** How a call is explained. */
export interface ExplainOptions {
  /** Default: POST. */
  readonly method?: Method | undefined;
  /** The name of the call. Default: `did_create`. */
  readonly call?: string | undefined;
}

const OPTION_RULES = { method: { type: 'any' }, call: { type: 'anyString' } } as const;

/** All that was sent, and whether a parameter names the call, and not the path. */
export interface ReceivedParams {
  readonly list: readonly ReceivedParam[];
  readonly isByAction: boolean;
}

/**
 * The whole decision. Changes nothing. `received` is all that was sent; default: an object's fields, and of a map nothing.
 *
 * @throws MockMorError `OPTION_INVALID`
 */
export function explainCall(input: CallParams, options: ExplainOptions, state: MorState, received?: ReceivedParams): Trace {
  checkOptions(options, OPTION_RULES, 'option', "{ call: 'did_close' }");
  const { method = 'POST', call = 'did_create' } = options;
  const unknown = unknownName('method', [method], METHODS);
  if (unknown !== undefined) throw invalidOption(unknown);
  const name = getCurrentName(call);
  const params = paramsOf(input);
  const secrets = worldSecrets(state);
  const trace = explainDecision(name, decideCall(name, { method, params }, state), secrets);
  // Who gives a map has read a request, and notes what was ignored from all that was sent.
  const isNoted = received !== undefined || !(input instanceof Map);
  const { list, isByAction } = received ?? { list: toReceived(params), isByAction: false };
  return isNoted ? addNotes(trace, noteIgnored(list, { call: name, isByAction }, secrets), secrets) : trace;
}

/** A trace with what stands out about how the parameters were sent, behind the notes it has. Notes quote the content type: secrets in them are masked. */
export function addNotes(trace: Trace, notes: readonly string[], secrets: KnownSecrets): Trace {
  if (notes.length === 0) return trace;
  const { call, outcome, notes: first = [], ...rest } = trace;
  return { call, outcome, notes: [...first, ...notes.map((note) => redactQuotes(note, secrets))], ...rest };
}

/** The whole decision of a request; null where no call was reached. `diagnosesHash` as in `explainDecision`. */
export function buildTrace(
  { call, isByAction, decision, sent, notes }: JournalEntry,
  secrets: KnownSecrets,
  diagnosesHash = true,
): Trace | null {
  if (decision === undefined) return null;
  const trace = explainDecision(call, decision, secrets, diagnosesHash);
  return addNotes(trace, [...noteIgnored(sent?.list() ?? [], { call, isByAction }, secrets), ...notes], secrets);
}

/** Values as a JSON body would have them. A map is taken as the server reads requests. */
function paramsOf(input: CallParams): Params {
  if (input instanceof Map) return input as Params;
  if (typeof input !== 'object' || (input as unknown) === null || Array.isArray(input)) {
    throw invalidOption('the parameters of the call must be an object, such as { u, provider_id, did, hash }');
  }
  const given = Object.entries(input).filter(([, value]) => value !== undefined && value !== null);
  return new Map(given.map(([name, value]) => [name, paramOf(value)]));
}

function paramOf(value: unknown): ParamValue {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : NOT_TEXT;
}
