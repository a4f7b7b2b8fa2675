import { formatIndex, listRoutes, type AdminIndex } from './index-page.ts';
import { openApiDocument } from './openapi.ts';
import { row, type AdminRoute } from './route.ts';
import { CALL_ROUTES } from './routes/calls.ts';
import { CLOCK_ROUTES } from './routes/clock.ts';
import { COVERAGE_ROUTES } from './routes/coverage.ts';
import { DESCRIBE_ROUTES } from './routes/describe.ts';
import { DID_ROUTES } from './routes/dids.ts';
import { EVENT_ROUTES } from './routes/events.ts';
import { EXPLAIN_ROUTES } from './routes/explain.ts';
import { FAULT_ROUTES } from './routes/faults.ts';
import { METRICS_ROUTES } from './routes/metrics.ts';
import { REQUEST_ROUTES } from './routes/requests.ts';
import { SANDBOX_ROUTES } from './routes/sandboxes.ts';
import { SNAPSHOT_ROUTES } from './routes/snapshots.ts';
import { WORLD_ROUTES } from './routes/world.ts';
import { indexSchema, openApiSchema } from './schemas.ts';

/** Every route of the admin API. Feeds the router, the OpenAPI description and the table in docs/admin-api.md. */
export const ADMIN_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/',
    about: 'this table; as JSON with format=json or Accept: application/json',
    status: 200,
    answer: indexSchema,
    text: (index) => formatIndex(index as AdminIndex),
    isTextFirst: true,
    problems: [],
    run: () => listRoutes(ADMIN_ROUTES),
  }),
  ...WORLD_ROUTES,
  ...CLOCK_ROUTES,
  ...DID_ROUTES,
  ...REQUEST_ROUTES,
  ...EVENT_ROUTES,
  ...CALL_ROUTES,
  ...EXPLAIN_ROUTES,
  ...SNAPSHOT_ROUTES,
  ...SANDBOX_ROUTES,
  ...FAULT_ROUTES,
  ...COVERAGE_ROUTES,
  ...METRICS_ROUTES,
  ...DESCRIBE_ROUTES,
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
