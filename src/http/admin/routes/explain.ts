import { z } from 'zod';
import { addNotes } from '../../../control/explain-call.ts';
import { noteIgnored } from '../../../control/ignored-params.ts';
import { formatHash, WRONG_HASHES, type HashInput, type HashView } from '../../../control/hash-recipe.ts';
import { traceText } from '../../../control/trace-text.ts';
import type { Trace } from '../../../explain/trace.ts';
import { METHODS } from '../../../mor/define-call.ts';
import { NOT_TEXT } from '../../../mor/params.ts';
import { row, type AdminRoute } from '../route.ts';
import { hashInputSchema, hashSchema, traceSchema } from '../schemas.ts';

/** Why a call is refused, and how its hash is made. */
export const EXPLAIN_ROUTES: readonly AdminRoute[] = [
  ...explainRoutes('/explain', 'did_create'),
  ...explainRoutes('/explain/:name', 'any call'),
  ...hashRoutes('/hash', 'did_create'),
  ...hashRoutes('/hash/:name', 'any call'),
];

function explainRoutes(path: string, call: string): readonly AdminRoute[] {
  return [
    row({
      method: 'POST',
      path,
      about: `the whole decision about the parameters of ${call}, given as MOR takes them; nothing is changed, and the journal does not see it`,
      query: z.strictObject({ __method: z.enum(METHODS).optional().describe('as which method the call is decided; default: POST') }),
      takesCallParams: true,
      status: 200,
      answer: traceSchema,
      text: (trace) => traceText(trace as Trace),
      problems: ['OPTION_INVALID'],
      run: ({ control, params, received, notes, secrets, name, query: { __method: method } }) => {
        const trace = control.explain(params, { ...(method === undefined ? {} : { method }), ...(name === '' ? {} : { call: name }) });
        return addNotes(trace, [...noteIgnored(received, { call: trace.call, isByAction: false }, secrets), ...notes], secrets);
      },
    }),
  ];
}

function hashRoutes(path: string, call: string): readonly AdminRoute[] {
  return [
    row({
      method: 'POST',
      path,
      about: `how the hash of ${call} is made: the text with its key masked, the hash, and a curl line that sends it`,
      query: z.strictObject({ __wrong: z.enum(WRONG_HASHES).optional().describe('signs it wrong on purpose; default: it is right') }),
      body: hashInputSchema,
      takesCallParams: true,
      status: 200,
      answer: hashSchema,
      text: (shown) => formatHash(shown as HashView),
      problems: ['OPTION_INVALID'],
      run: ({ control, params, name, origin, query: { __wrong: wrong } }) => {
        const fields = Array.from(params, ([param, value]) => [param, value === NOT_TEXT ? [] : value]);
        const input = Object.fromEntries(fields) as HashInput;
        return control.hash(name === '' ? 'did_create' : name, input, { wrong, ...(origin === '' ? {} : { url: origin }) });
      },
    }),
  ];
}
