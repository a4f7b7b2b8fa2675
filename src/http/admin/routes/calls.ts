import { callsSchema } from '../list-schemas.ts';
import { row, type AdminRoute } from '../route.ts';

/** The calls of MOR's API. */
export const CALL_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/calls',
    about: 'the calls of MOR that are imitated: their parameters, what is hashed, and their errors with what is checked',
    status: 200,
    answer: callsSchema,
    problems: [],
    run: ({ control }) => ({ calls: control.calls() }),
  }),
];
