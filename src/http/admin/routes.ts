import type { z } from 'zod';
import type { Control, ResetScope } from '../../control.ts';
import type { ProblemCode } from '../../problems.ts';
import { openApiDocument } from './openapi.ts';
import {
  countsSchema,
  didPageSchema,
  didQuerySchema,
  didSchema,
  healthSchema,
  openApiSchema,
  providersSchema,
  resetQuerySchema,
  resetSchema,
  settingsSchema,
  usersSchema,
} from './schemas.ts';

/** The text of a body, and in which of the two syntaxes it came. */
export interface BodyText {
  readonly text: string;
  readonly syntax: 'yaml' | 'json';
}

/** What a route is asked, read and checked as far as its row says. */
export interface AdminRequest<Query> {
  readonly control: Control;
  readonly query: Query;
  /** The id in the path; NaN where the path has none. */
  readonly id: number;
  /** The body as it came; empty where the row reads none. */
  readonly body: BodyText;
}

/** One row of the admin API. */
export interface AdminRoute<Query = unknown> {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/__admin`; the only placeholder is `:id`. */
  readonly path: string;
  /** What it does, in one line. */
  readonly about: string;
  readonly query?: z.ZodType<Query>;
  /** What the body holds: a record, or a whole world. Default: no body is read. */
  readonly body?: 'did' | 'settings' | 'fixtures';
  readonly status: number;
  /** The status of answers of the same shape that are not always `status`, and which there are. */
  readonly otherStatus?: { readonly statuses: readonly number[]; readonly of: (answer: unknown) => number | undefined };
  /** What is answered: JSON of this shape, or YAML text. */
  readonly answer: z.ZodType | 'yaml';
  /** What may go wrong beyond what any route may answer. */
  readonly problems: readonly ProblemCode[];
  readonly run: (request: AdminRequest<Query>) => unknown;
}

/** Every route of the admin API. Feeds the router, the OpenAPI description and the README's table. */
export const ADMIN_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/health',
    about: 'is it up, and with which fixtures',
    status: 200,
    otherStatus: { statuses: [503], of: (health) => ((health as z.infer<typeof healthSchema>).status === 'stopping' ? 503 : undefined) },
    answer: healthSchema,
    problems: [],
    run: ({ control }) => control.health(),
  }),
  row({
    method: 'POST',
    path: '/reset',
    about: 'back to the fixtures, whole or in part',
    query: resetQuerySchema,
    status: 200,
    answer: resetSchema,
    problems: ['OPTION_INVALID'],
    run: ({ control, query }) => control.reset(query.scope?.split(',').map((scope) => scope.trim() as ResetScope)),
  }),
  row({
    method: 'GET',
    path: '/dids',
    about: "DIDs as MOR's list shows them to the administrator, in the order of their ids",
    query: didQuerySchema,
    status: 200,
    answer: didPageSchema,
    problems: [],
    run: ({ control, query: { limit, offset, ...filter } }) => ({
      total: control.countDids(filter),
      limit,
      offset,
      dids: control.dids({ ...filter, limit, offset }),
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
    run: ({ control, body: { text, syntax } }) => control.putDid(text, syntax),
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
  row({
    method: 'GET',
    path: '/users',
    about: 'users, their keys masked',
    status: 200,
    answer: usersSchema,
    problems: [],
    run: ({ control }) => ({ users: control.users() }),
  }),
  row({
    method: 'GET',
    path: '/providers',
    about: 'providers',
    status: 200,
    answer: providersSchema,
    problems: [],
    run: ({ control }) => ({ providers: control.providers() }),
  }),
  row({
    method: 'GET',
    path: '/settings',
    about: 'the settings in force, the key masked, and the id the next DID gets',
    status: 200,
    answer: settingsSchema,
    problems: [],
    run: ({ control }) => control.settings(),
  }),
  row({
    method: 'PATCH',
    path: '/settings',
    about: 'change settings until the next reset',
    body: 'settings',
    status: 200,
    answer: settingsSchema,
    problems: ['RECORD_INVALID'],
    run: ({ control, body: { text, syntax } }) => control.patchSettings(text, syntax),
  }),
  row({
    method: 'GET',
    path: '/fixtures',
    about: 'the world in force as YAML, itself a valid fixture; keys are not masked in it',
    status: 200,
    answer: 'yaml',
    problems: [],
    run: ({ control }) => control.fixtures(),
  }),
  row({
    method: 'PUT',
    path: '/fixtures',
    about: 'replace the world, and reset',
    body: 'fixtures',
    status: 200,
    answer: countsSchema,
    problems: ['FIXTURE_INVALID'],
    run: ({ control, body: { text, syntax } }) => control.replaceFixtures(text, syntax),
  }),
  row({
    method: 'POST',
    path: '/fixtures/reload',
    about: 'read the fixture files again, and reset',
    status: 200,
    answer: countsSchema,
    problems: ['FIXTURE_INVALID', 'NO_FIXTURE_FILES'],
    run: ({ control }) => control.reloadFixtures(),
  }),
  row({
    method: 'GET',
    path: '/openapi.json',
    about: 'this table as OpenAPI 3.1',
    status: 200,
    answer: openApiSchema,
    problems: [],
    run: () => openApiDocument(ADMIN_ROUTES),
  }),
];

/** Keeps a row's query and its use of it of one type, then forgets it: the router gives each row what its own schema made. */
function row<Query>(route: AdminRoute<Query>): AdminRoute {
  return route as AdminRoute;
}
