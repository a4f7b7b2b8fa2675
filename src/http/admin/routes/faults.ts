import { bodyValue, row, type AdminRoute } from '../route.ts';
import { faultsSchema, faultViewSchema } from '../schemas.ts';

/** The fault rules, and what they hit. */
export const FAULT_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/faults',
    about: 'every fault rule, the requests it hit, and how many hits are left',
    status: 200,
    answer: faultsSchema,
    problems: [],
    run: ({ control }) => ({ faults: control.faults() }),
  }),
  row({
    method: 'POST',
    path: '/faults',
    about: 'let something go wrong at the next requests that match',
    body: 'fault',
    status: 201,
    answer: faultViewSchema,
    problems: ['RECORD_INVALID'],
    run: ({ control, body }) => control.addFault(bodyValue(body)),
  }),
  row({
    method: 'DELETE',
    path: '/faults',
    about: 'let nothing go wrong any more',
    status: 200,
    answer: faultsSchema,
    problems: [],
    run: ({ control }) => {
      control.clearFaults();
      return { faults: control.faults() };
    },
  }),
  row({
    method: 'GET',
    path: '/faults/:id',
    about: 'one fault rule',
    status: 200,
    answer: faultViewSchema,
    problems: ['NOT_FOUND'],
    run: ({ control, id }) => control.fault(id),
  }),
  row({
    method: 'DELETE',
    path: '/faults/:id',
    about: 'take one rule away',
    status: 200,
    answer: faultViewSchema,
    problems: ['NOT_FOUND'],
    run: ({ control, id }) => control.deleteFault(id),
  }),
];
