/**
 * Prints what the package brings along as CycloneDX JSON, from the lock file alone. Not by npm's own `--omit dev`: that leaves out each
 * production dependency which a development one needs too, such as yaml and zod.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const { name } = JSON.parse(readFileSync('package.json', 'utf8'));
const words = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const whole = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 100_000_000 }));

const isForDevelopment = ({ properties = [] }) => properties.some((property) => property.name === 'cdx:npm:package:development');
const components = whole.components.filter((component) => !isForDevelopment(component));
const kept = new Set([whole.metadata.component['bom-ref'], ...components.map((component) => component['bom-ref'])]);
const dependencies = whole.dependencies
  .filter(({ ref }) => kept.has(ref))
  .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((other) => kept.has(other)) }));

// npm calls the package after the folder it stands in.
const metadata = { ...whole.metadata, component: { ...whole.metadata.component, name } };
console.log(JSON.stringify({ ...whole, metadata, components, dependencies }, undefined, 2));
