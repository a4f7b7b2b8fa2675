import { row, type AdminRoute } from '../route.ts';

/** Numbers for Prometheus. */
export const METRICS_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/metrics',
    about: "numbers about the whole server in Prometheus' text format",
    status: 200,
    answer: 'metrics',
    problems: [],
    run: ({ control }) => control.metrics(),
  }),
];
