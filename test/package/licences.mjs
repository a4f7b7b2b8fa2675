/**
 * Lists the production dependencies of a lock file by licence, and ends with status 1 where one has another licence than those that are
 * allowed, runs a script when it is installed, or is not held to its content. Usage: node licences.mjs [LOCK FILE]
 */
import { readFileSync } from 'node:fs';

/** Licences that ask for no more than to be named. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'Python-2.0'];

const { packages } = JSON.parse(readFileSync(process.argv[2] ?? 'package-lock.json', 'utf8'));
const production = Object.entries(packages).filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true);

const byLicence = new Map();
const faults = [];
for (const [path, { version, license = 'none', integrity, hasInstallScript }] of production) {
  const name = `${path.replace(/^.*node_modules\//, '')}@${version}`;
  byLicence.set(license, [...(byLicence.get(license) ?? []), name]);
  if (!ALLOWED.includes(license)) faults.push(`${name} has the licence ${license}; allowed: ${ALLOWED.join(', ')}`);
  if (hasInstallScript === true) faults.push(`${name} runs a script when it is installed`);
  if (integrity === undefined) faults.push(`${name} has no integrity in the lock file`);
}

for (const [licence, names] of [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${licence} (${String(names.length)}): ${names.sort().join(', ')}`);
}
if (production.length === 0) faults.push('the lock file has no production dependencies: it is not the one of this package');
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
