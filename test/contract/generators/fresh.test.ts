/** The committed descriptions are what the declarations come to. `npm run docs` writes them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { DESCRIPTIONS, descriptionPath, descriptionText, type DescriptionName } from '../../../src/control/descriptions.ts';
import { loadApi } from '../../../src/contract/generators/described-api.ts';
import { WRITERS } from '../../../src/contract/generators/writers.ts';
import { packageVersion } from '../../../src/package-version.ts';

const NAMES = Object.keys(DESCRIPTIONS) as DescriptionName[];

test.each(NAMES)('the committed %s is fresh; else: npm run docs', (name) => {
  const text = WRITERS[name](loadApi());
  if (process.env['UPDATE_DOCS'] === '1') writeFileSync(descriptionPath(name), text);
  expect(readFileSync(descriptionPath(name), 'utf8')).toBe(text);
});

test.each(NAMES)('%s names the version of the package', (name) => {
  expect(descriptionText(name)).toContain(packageVersion());
});
