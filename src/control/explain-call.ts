/** Why MOR says what it says: to parameters that nobody sends, and to a request of the journal. */
import { checkOptions } from '../check-options.ts';
import { METHODS, type Method } from '../mor/define-call.ts';
import { decide } from '../mor/calls/index.ts';
import { explainDecision, type Trace } from '../explain/trace.ts';
import { NOT_TEXT, type Params, type ParamValue } from '../mor/params.ts';
import { redactQuotes, type KnownSecrets } from '../mor/redact.ts';
import type { MorState } from '../mor/state.ts';
import type { CallName } from '../mor/words.ts';
import { unknownName } from '../near-miss.ts';
import { invalidOption } from '../problems.ts';
import type { JournalEntry } from '../world/journal.ts';
import { worldSecrets } from './request-secrets.ts';

/** The parameters of a call by name, as a JSON body would have them. */
export type CallParams = Readonly<Record<string, string | number | boolean | null | undefined>> | Params;

/** How a call is explained. */
export interface ExplainOptions {
  /** Default: POST. */
  readonly method?: Method | undefined;
  /** The name of the call. Default: `did_create`. */
  readonly call?: CallName | (string & {}) | undefined;
}

const OPTION_RULES = { method: { type: 'any' }, call: { type: 'anyString' } } as const;

/** The whole decision. Changes nothing. @throws MockMorError `OPTION_INVALID` */
export function explainCall(input: CallParams, options: ExplainOptions, state: MorState): Trace {
  checkOptions(options, OPTION_RULES, 'option', "{ call: 'did_close' }");
  const { method = 'POST', call = 'did_create' } = options;
  const unknown = unknownName('method', [method], METHODS);
  if (unknown !== undefined) throw invalidOption(unknown);
  return explainDecision(call, decide(call, { method, params: paramsOf(input) }, state), worldSecrets(state));
}

/** A trace with what stands out about how the parameters were sent. Notes quote the content type: secrets in them are masked. */
export function addNotes(trace: Trace, notes: readonly string[], secrets: KnownSecrets): Trace {
  return notes.length === 0 ? trace : { ...trace, notes: notes.map((note) => redactQuotes(note, secrets)) };
}

/** The whole decision of a request; null where no call was reached. */
export function buildTrace({ call, decision }: JournalEntry, secrets: KnownSecrets): Trace | null {
  return decision === undefined ? null : explainDecision(call, decision, secrets);
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
