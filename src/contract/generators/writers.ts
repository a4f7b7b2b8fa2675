/** How each description is made. `npm run docs` writes them into the files that the package ships. */
import type { DescriptionName } from '../../control/descriptions.ts';
import type { DescribedApi } from './described-api.ts';
import { openApiText } from './openapi.ts';
import { buildXsd } from './xsd.ts';

export const WRITERS: Readonly<Record<DescriptionName, (api: DescribedApi) => string>> = {
  openapi: openApiText,
  xsd: buildXsd,
};
