import { z } from 'zod';
import { addNotes } from '../../../control/explain-call.ts';
import type { HashInput } from '../../../control/hash-recipe.ts';
import { METHODS } from '../../../mor/call.ts';
import { NOT_TEXT } from '../../../mor/params.ts';
import { row, type AdminRoute } from '../route.ts';
import { hashInputSchema, hashSchema, traceSchema } from '../schemas.ts';

/** Why a call is refused, and how its hash is made. */
export const EXPLAIN_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'POST',
    path: '/explain',
    about:
      'the whole decision about the parameters of a did_create, given as MOR takes them; nothing is changed, and the journal does not see it',
    query: z.strictObject({ __method: z.enum(METHODS).optional().describe('as which method the call is judged; default: POST') }),
    takesCallParams: true,
    status: 200,
    answer: traceSchema,
    problems: [],
    run: ({ control, params, notes, query: { __method: method } }) =>
      addNotes(control.explain(params, method === undefined ? {} : { method }), notes),
  }),
  row({
    method: 'POST',
    path: '/hash',
    about: 'how the hash of a did_create is made: the text with its key masked, the hash, and a curl line that sends it',
    body: hashInputSchema,
    takesCallParams: true,
    status: 200,
    answer: hashSchema,
    problems: ['OPTION_INVALID'],
    run: ({ control, params, origin }) => {
      const fields = Array.from(params, ([name, value]) => [name, value === NOT_TEXT ? [] : value]);
      return control.hash(Object.fromEntries(fields) as HashInput, origin === '' ? {} : { url: origin });
    },
  }),
];
