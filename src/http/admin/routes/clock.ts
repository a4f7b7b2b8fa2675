import { parseRecord } from '../../../loader/validate-input.ts';
import { bodyValue, row, type AdminRoute } from '../route.ts';
import { clockMoveSchema, clockSchema } from '../schemas.ts';

/** The clock of a world. */
export const CLOCK_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/clock',
    about: 'what time it is in this world, and how far that is from real time',
    status: 200,
    answer: clockSchema,
    problems: [],
    run: ({ control }) => control.clock(),
  }),
  row({
    method: 'POST',
    path: '/clock',
    about: 'move the clock until the next reset, by {"advance":"90d"} or {"set":"2027-01-01T00:00:00Z"}; closed DIDs become free by it',
    body: clockMoveSchema,
    status: 200,
    answer: clockSchema,
    problems: ['RECORD_INVALID'],
    run: ({ control, body }) => {
      const { advance, set } = parseRecord(clockMoveSchema, bodyValue(body), 'The clock');
      return advance === undefined ? control.setClock(set ?? '') : control.advanceClock(advance);
    },
  }),
];
