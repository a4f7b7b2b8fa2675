import { bodyValue, row, type AdminRoute } from '../route.ts';
import { didPageSchema, didQuerySchema, didSchema } from '../schemas.ts';

/** The DIDs of a world. */
export const DID_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/dids',
    about: "DIDs as MOR's list shows them to the administrator, searched, sorted and paged",
    query: didQuerySchema,
    status: 200,
    answer: didPageSchema,
    problems: [],
    run: ({ control, query: { limit, offset, sort, ...filter } }) => ({
      total: control.countDids(filter),
      limit,
      offset,
      dids: control.dids({ ...filter, limit, offset, sort }),
    }),
  }),
  row({
    method: 'POST',
    path: '/dids',
    about: "put a DID there without MOR's checks",
    body: 'did',
    status: 201,
    answer: didSchema,
    problems: ['DID_EXISTS', 'RECORD_INVALID'],
    run: ({ control, body }) => control.putDid(bodyValue(body)),
  }),
  row({
    method: 'GET',
    path: '/dids/:id',
    about: 'one DID',
    status: 200,
    answer: didSchema,
    problems: ['NOT_FOUND'],
    run: ({ control, id }) => control.did(id),
  }),
  row({
    method: 'DELETE',
    path: '/dids/:id',
    about: 'take a DID away; no created DID gets its id again until a reset',
    status: 200,
    answer: didSchema,
    problems: ['NOT_FOUND'],
    run: ({ control, id }) => control.deleteDid(id),
  }),
];
