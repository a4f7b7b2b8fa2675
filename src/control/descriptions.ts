/** The descriptions of MOR's API that other tools read. They come with the package as files, made by `src/contract/descriptions`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unknownName } from '../near-miss.ts';
import { getPackageFolder } from '../package-folder.ts';
import { invalidOption } from '../problems.ts';

/** What there is, by the name a tester asks for. */
export const DESCRIPTIONS = {
  openapi: { file: 'openapi.yaml', about: "MOR's calls as OpenAPI 3.1" },
  xsd: { file: 'mor.xsd', about: "MOR's answers as an XML Schema 1.0" },
} as const;

export type DescriptionName = keyof typeof DESCRIPTIONS;

/** Where the file of a description stands. */
export function descriptionPath(name: DescriptionName): string {
  return join(getPackageFolder(), 'contract', DESCRIPTIONS[name].file);
}

/** The text of a description. @throws MockMorError `OPTION_INVALID` for a name there is none of, `PACKAGE_NOT_FOUND` in a bundle that cannot find it */
export function descriptionText(name: string): string {
  const unknown = unknownName('description', [name], Object.keys(DESCRIPTIONS));
  if (unknown !== undefined) throw invalidOption(unknown);
  return readFileSync(descriptionPath(name as DescriptionName), 'utf8');
}
