import { z } from 'zod';
import { inputSchemas } from '../../loader/json-schema.ts';
import { findCall } from '../../mor/calls/index.ts';
import { packageVersion } from '../../package-version.ts';
import { PROBLEMS, type ProblemCode } from '../../problems.ts';
import { parseContentType } from '../content-type.ts';
import { FORM_PARAMS, listFormParams } from './answers.ts';
import { TEXT_TYPES, type AdminRoute } from './route.ts';
import { problemSchema } from './schemas.ts';
import { SANDBOX_HEADER } from '../choose-sandbox.ts';
import { SANDBOX_PREFIX } from '../../control/control.ts';
import { IDENTIFIER_RULE } from '../../world/identifiers.ts';

/** What any admin route may answer. */
const EVERYWHERE: readonly ProblemCode[] = [
  'QUERY_INVALID',
  'PARAMETERS_TOO_MANY',
  'BODY_INVALID',
  'FOREIGN_CALLER',
  'TOKEN_MISSING',
  'SANDBOX_INVALID',
  'SANDBOX_UNKNOWN',
  'SANDBOX_EXPIRED',
  'SANDBOX_LIMIT',
];
const WITH_BODY: readonly ProblemCode[] = ['BODY_TOO_LARGE', 'BODY_UNSUPPORTED'];

/** Routes as OpenAPI 3.1. */
export function openApiDocument(routes: readonly AdminRoute[]): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/__admin${route.path === '/' ? '' : route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'mock-mor admin API',
      version: packageVersion(),
      description: 'What a tester may do to the mock. MOR itself has none of it.',
    },
    servers: [
      { url: '/', description: 'the root' },
      {
        url: `${SANDBOX_PREFIX}{sandbox}`,
        description: `one sandbox; the header ${SANDBOX_HEADER} chooses it too, without the prefix`,
        variables: { sandbox: { default: 's1', description: `the name of the sandbox: ${IDENTIFIER_RULE}` } },
      },
    ],
    security: [{}, { token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'asked for with --admin-token' } },
      schemas: { Problem: toJsonSchema(problemSchema, 'output') },
    },
  };
}

function operation(route: AdminRoute): Readonly<Record<string, unknown>> {
  return {
    summary: route.about,
    operationId: `${route.method.toLowerCase()}${route.path === '/' ? 'Index' : route.path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(route.takesCallParams === true ? { requestBody: callBody(route) } : {}),
    ...(route.body === undefined || route.takesCallParams === true
      ? {}
      : { requestBody: requestBody(route.body, route.bodyIsOptional !== true) }),
    responses: {
      ...Object.fromEntries([route.status, ...(route.otherStatus?.statuses ?? [])].map((status) => [status, success(route)])),
      ...problemResponses(route),
    },
  };
}

function pathParameters(route: AdminRoute): readonly unknown[] {
  return [
    ...(route.path.includes(':id') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } }] : []),
    ...(route.path.includes(':name') ? [{ name: 'name', in: 'path', required: true, schema: { type: 'string' } }] : []),
  ];
}

function queryParameters(route: AdminRoute): readonly unknown[] {
  return [...ownParameters(route), ...formParameters(route)];
}

/** The parameters for the form of an answer. */
function formParameters(route: AdminRoute): readonly unknown[] {
  const schemas = { pretty: { type: 'string', enum: ['', 'true', 'false'] }, format: { type: 'string', enum: ['json', 'text'] } };
  return listFormParams(route).map((name) => ({
    name: route.takesCallParams === true ? `__${name}` : name,
    in: 'query',
    required: false,
    description: FORM_PARAMS[name],
    schema: schemas[name],
  }));
}

function ownParameters(route: AdminRoute): readonly unknown[] {
  if (route.query === undefined) return [];
  const { properties = {} } = toJsonSchema(route.query, 'input') as { properties?: Record<string, Record<string, unknown>> };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function requestBody(body: NonNullable<AdminRoute['body']>, isRequired: boolean): Readonly<Record<string, unknown>> {
  const schema = typeof body === 'string' ? inputSchemas()[body] : toJsonSchema(body, 'input');
  return { required: isRequired, content: { 'application/json': { schema }, 'application/yaml': { schema } } };
}

/** The parameters of a call, which may as well stand in the query. */
function callBody({ body }: AdminRoute): Readonly<Record<string, unknown>> {
  const value = { type: ['string', 'number', 'boolean', 'null'] };
  const known = findCall('did_create')?.params ?? [];
  const anyParams = { type: 'object', properties: Object.fromEntries(known.map(({ name }) => [name, value])), additionalProperties: true };
  const schema = body === undefined || typeof body === 'string' ? anyParams : toJsonSchema(body, 'input');
  const types = ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'];
  return {
    required: false,
    description: 'The parameters; they may also stand in the query, as on the paths of MOR.',
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
  };
}

function success(route: AdminRoute): Readonly<Record<string, unknown>> {
  const content =
    typeof route.answer === 'string'
      ? { [parseContentType(TEXT_TYPES[route.answer])?.type ?? '']: { schema: { type: 'string' } } }
      : {
          'application/json': { schema: toJsonSchema(route.answer, 'output') },
          ...(route.text === undefined ? {} : { 'text/plain': { schema: { type: 'string' } } }),
        };
  return { description: route.about, content };
}

function problemResponses(route: AdminRoute): Readonly<Record<string, unknown>> {
  const codes = [...route.problems, ...EVERYWHERE, ...(route.body === undefined && route.takesCallParams !== true ? [] : WITH_BODY)];
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].toSorted((a, b) => a - b);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => PROBLEMS[code].status === status);
      return [status, { description: here.map((code) => `${code}: ${PROBLEMS[code].title}`).join('; '), content }];
    }),
  );
}

function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): Readonly<Record<string, unknown>> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
