import { z } from 'zod';
import { inputSchemas } from '../../fixtures/json-schema.ts';
import { packageVersion } from '../../package-version.ts';
import { PROBLEMS, type ProblemCode } from '../../problems.ts';
import type { AdminRoute } from './routes.ts';
import { problemSchema } from './schemas.ts';

/** What any admin route may answer. */
const EVERYWHERE: readonly ProblemCode[] = ['QUERY_INVALID', 'BODY_INVALID', 'FOREIGN_CALLER', 'TOKEN_MISSING'];
const WITH_BODY: readonly ProblemCode[] = ['BODY_TOO_LARGE', 'BODY_UNSUPPORTED'];

/** Routes as OpenAPI 3.1. */
export function openApiDocument(routes: readonly AdminRoute[]): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const route of routes) {
    const path = `/__admin${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'mock-mor admin API',
      version: packageVersion(),
      description: 'What a tester may do to the mock. MOR itself has none of it.',
    },
    servers: [{ url: '/' }],
    security: [{}, { token: [] }],
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', description: 'asked for with --admin-token' } },
      schemas: { Problem: jsonSchemaOf(problemSchema, 'output') },
    },
  };
}

function operation(route: AdminRoute): Readonly<Record<string, unknown>> {
  return {
    summary: route.about,
    operationId: `${route.method.toLowerCase()}${route.path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())}`,
    parameters: [...pathParameters(route), ...queryParameters(route)],
    ...(route.body === undefined ? {} : { requestBody: requestBody(route.body) }),
    responses: {
      ...Object.fromEntries([route.status, ...(route.otherStatus?.statuses ?? [])].map((status) => [status, success(route)])),
      ...problemResponses(route),
    },
  };
}

function pathParameters(route: AdminRoute): readonly unknown[] {
  return route.path.includes(':id') ? [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 0 } }] : [];
}

function queryParameters(route: AdminRoute): readonly unknown[] {
  if (route.query === undefined) return [];
  const { properties = {} } = jsonSchemaOf(route.query, 'input') as { properties?: Record<string, Record<string, unknown>> };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function requestBody(kind: NonNullable<AdminRoute['body']>): Readonly<Record<string, unknown>> {
  const schema = inputSchemas()[kind];
  return { required: true, content: { 'application/json': { schema }, 'application/yaml': { schema } } };
}

function success(route: AdminRoute): Readonly<Record<string, unknown>> {
  const content =
    route.answer === 'yaml'
      ? { 'application/yaml': { schema: { type: 'string' } } }
      : { 'application/json': { schema: jsonSchemaOf(route.answer, 'output') } };
  return { description: route.about, content };
}

function problemResponses(route: AdminRoute): Readonly<Record<string, unknown>> {
  const codes = [...route.problems, ...EVERYWHERE, ...(route.body === undefined ? [] : WITH_BODY)];
  const statuses = [...new Set(codes.map((code) => PROBLEMS[code].status))].toSorted((a, b) => a - b);
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    statuses.map((status) => {
      const here = codes.filter((code) => PROBLEMS[code].status === status);
      return [status, { description: here.map((code) => `${code}: ${PROBLEMS[code].title}`).join('; '), content }];
    }),
  );
}

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): Readonly<Record<string, unknown>> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
