import type { SandboxView } from '../../../control/control.ts';
import { parseRecord } from '../../../loader/validate-input.ts';
import { bodyValue, row, type AdminRoute } from '../route.ts';
import { sandboxesSchema, sandboxInputSchema, sandboxSchema } from '../schemas.ts';

/** Worlds beside the root, for suites that run side by side. */
export const SANDBOX_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/sandboxes',
    about: 'the sandboxes, the last used one last',
    status: 200,
    answer: sandboxesSchema,
    problems: ['SANDBOX_NESTED'],
    run: ({ control, origin }) => ({ sandboxes: control.sandboxes().map((view) => withOrigin(view, origin)) }),
  }),
  row({
    method: 'POST',
    path: '/sandboxes',
    about: 'make a world of its own over the fixtures, or from a snapshot; it answers under its base_url',
    body: sandboxInputSchema,
    bodyIsOptional: true,
    status: 201,
    answer: sandboxSchema,
    problems: ['RECORD_INVALID', 'SANDBOX_EXISTS', 'SANDBOX_LIMIT', 'SANDBOX_NESTED', 'NOT_FOUND'],
    run: ({ control, origin, body }) => {
      const input = body.text === '' ? {} : parseRecord(sandboxInputSchema, bodyValue(body), 'The sandbox');
      return withOrigin(control.createSandbox(input).view(), origin);
    },
  }),
  row({
    method: 'GET',
    path: '/sandboxes/:name',
    about: 'one sandbox; to look at it is no use of it',
    status: 200,
    answer: sandboxSchema,
    problems: ['SANDBOX_UNKNOWN', 'SANDBOX_EXPIRED', 'SANDBOX_NESTED'],
    run: ({ control, origin, name }) => withOrigin(control.sandboxView(name), origin),
  }),
  row({
    method: 'DELETE',
    path: '/sandboxes/:name',
    about: 'drop a sandbox with all that is in it',
    status: 200,
    answer: sandboxSchema,
    problems: ['SANDBOX_UNKNOWN', 'SANDBOX_EXPIRED', 'SANDBOX_NESTED'],
    run: ({ control, origin, name }) => withOrigin(control.deleteSandbox(name), origin),
  }),
];

function withOrigin(view: SandboxView, origin: string): SandboxView {
  return { ...view, base_url: `${origin}${view.base_url}` };
}
