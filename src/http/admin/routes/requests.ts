import { z } from 'zod';
import { formatRequest } from '../../../control/request-text.ts';
import type { RequestDetail } from '../../../control/request-view.ts';
import { row, type AdminRoute } from '../route.ts';
import { requestQuerySchema, toRequestFilter } from '../request-query.ts';
import { requestRowPageSchema, runSchema } from '../list-schemas.ts';
import { requestPageSchema, requestSchema } from '../schemas.ts';

/** The journal: every request to MOR's paths. */
export const REQUEST_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/requests',
    about: "the journal: every request to MOR's paths; wait=5s&count=2 waits until that many are answered",
    query: requestQuerySchema,
    status: 200,
    otherStatus: { statuses: [408], of: (page) => ((page as { complete?: boolean }).complete === false ? 408 : undefined) },
    answer: z.union([requestPageSchema, requestRowPageSchema]),
    problems: [],
    run: async ({ control, signal, query: { wait, count, view, ...query } }) => {
      const filter = toRequestFilter(query);
      if (wait === undefined) return view === 'row' ? control.requestRows(filter) : control.requests(filter);
      const page = await control.waitForRequests(filter, { count, timeoutMs: wait, signal });
      if (view === 'whole') return page;
      return { ...control.requestRows({ ...filter, state: filter.state ?? 'completed' }), complete: page.complete };
    },
  }),
  row({
    method: 'DELETE',
    path: '/requests',
    about: 'forget every request',
    status: 200,
    answer: requestPageSchema,
    problems: [],
    run: ({ control }) => {
      control.clearRequests();
      return control.requests();
    },
  }),
  row({
    method: 'GET',
    path: '/requests/:id',
    about: 'one request with the whole decision: every check, what it saw, what would have passed; format=text for people',
    status: 200,
    answer: requestSchema,
    text: (request) => formatRequest(request as RequestDetail),
    problems: ['NOT_FOUND'],
    run: ({ control, id }) => control.request(id),
  }),
  row({
    method: 'DELETE',
    path: '/requests/:id',
    about: 'forget one request',
    status: 200,
    answer: requestSchema,
    problems: ['NOT_FOUND'],
    run: ({ control, id }) => {
      const request = control.request(id);
      control.deleteRequest(id);
      return request;
    },
  }),
  row({
    method: 'GET',
    path: '/run',
    about: 'the journal with its decisions, the coverage and the faults, as --save-run writes them; for the root with its sandboxes',
    status: 200,
    answer: runSchema,
    problems: [],
    run: ({ control }) => control.run(),
  }),
];
