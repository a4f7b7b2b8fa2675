/**
 * Prints what the package brings along as CycloneDX JSON, from the lock file alone. Not by npm's own `--omit dev`: that leaves out each
 * production dependency which a development one needs too, such as yaml and zod.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const whole = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 100_000_000 }));

// npm lists the first place of each package and version, which may be one for development only.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const production = new Set(
  Object.entries(packages)
    .filter(([, { dev, devOptional }]) => dev !== true && devOptional !== true)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
);
const DEVELOPMENT = 'cdx:npm:package:development';
const components = whole.components
  .filter((component) => production.has(component['bom-ref']))
  .map((component) => ({ ...component, properties: component.properties?.filter((property) => property.name !== DEVELOPMENT) }));
const kept = new Set([whole.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
const dependencies = whole.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));

// npm calls the package after the folder it stands in.
const metadata = { ...whole.metadata, component: { ...whole.metadata.component, name } };
console.log(JSON.stringify({ ...whole, metadata, components, dependencies }, undefined, 2));
