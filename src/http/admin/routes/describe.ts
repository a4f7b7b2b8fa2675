import { DESCRIPTIONS } from '../../../control/descriptions.ts';
import { row, type AdminRoute } from '../route.ts';

/** MOR's API as other tools read it. */
export const DESCRIBE_ROUTES: readonly AdminRoute[] = [
  row({
    method: 'GET',
    path: '/describe/openapi',
    about: DESCRIPTIONS.openapi.about,
    status: 200,
    answer: 'yaml',
    problems: [],
    run: ({ control }) => control.describe('openapi'),
  }),
  row({
    method: 'GET',
    path: '/describe/xsd',
    about: DESCRIPTIONS.xsd.about,
    status: 200,
    answer: 'xml',
    problems: [],
    run: ({ control }) => control.describe('xsd'),
  }),
];
