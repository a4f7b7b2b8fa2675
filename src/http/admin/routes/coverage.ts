import { row, type AdminRoute } from '../route.ts';
import { coverageSchema } from '../schemas.ts';

/** Which outcomes the suite has met. */
export const COVERAGE_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/coverage',
    about: 'which outcomes (each error, success) were met so far; for the root in all sandboxes together; no reset clears it',
    status: 200,
    answer: coverageSchema,
    problems: [],
    run: ({ control }) => control.coverage(),
  }),
  row({
    method: 'DELETE',
    path: '/coverage',
    about: 'count outcomes from nothing again',
    status: 200,
    answer: coverageSchema,
    problems: [],
    run: ({ control }) => {
      control.clearCoverage();
      return control.coverage();
    },
  }),
];
