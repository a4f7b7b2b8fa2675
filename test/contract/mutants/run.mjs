/** Runs the cases against each mutant of the mock, and prints a line of JSON for each: the rules whose cases caught it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { transformSync } from '@swc/core';

const require = createRequire(import.meta.url);
const SRC = join(import.meta.dirname, '../../../src');

/** The change that is made to a file as it is loaded. */
let mutant;
const compiled = new Map();

require.extensions['.ts'] = (module, path) => {
  const source = readFileSync(path, 'utf8');
  if (mutant !== undefined && path === join(SRC, mutant.file)) {
    if (source.split(mutant.from).length !== 2) throw new Error(`${mutant.file} has not exactly one ${mutant.from}`);
    module._compile(javaScriptOf(source.replace(mutant.from, () => mutant.to)), path);
    return;
  }
  if (!compiled.has(path)) compiled.set(path, javaScriptOf(source));
  module._compile(compiled.get(path), path);
};

function javaScriptOf(source) {
  return transformSync(source, { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code;
}

const { MUTANTS } = require('./mutants.ts');
const { shippedCases } = require(join(SRC, 'contract/table.ts'));
const { Client } = require(join(SRC, 'verify/client.ts'));
const { MockTarget } = require(join(SRC, 'verify/mock-target.ts'));
const { casesMeant, runCases } = require(join(SRC, 'verify/run.ts'));

/** A mock of its own modules, with the change in them; undefined for none. */
function mockWith(change) {
  for (const path of Object.keys(require.cache)) if (path.startsWith(SRC)) delete require.cache[path];
  mutant = change;
  return require(join(SRC, 'mock-mor.ts')).createMockMor({ fixtures: {}, log: () => undefined });
}

async function resultsAgainst(change, cases) {
  const mor = await mockWith(change);
  const client = new Client({ baseUrl: await mor.listen(), timeoutMs: 5000 });
  try {
    const target = await MockTarget.open(client, shippedCases(), undefined);
    return await runCases(target, cases, { isStrict: true, signal: new AbortController().signal, shown: (text) => text });
  } finally {
    client.close();
    await mor.close();
  }
}

const all = casesMeant(shippedCases());
const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

tell({ caught: (await resultsAgainst(undefined, all)).filter(({ status }) => status !== 'passed').map(({ title }) => title) });
for (const { rule, breaks, ...change } of MUTANTS) {
  const results = await resultsAgainst(
    change,
    all.filter((one) => one.rule === rule),
  );
  tell({ rule, breaks, caught: results.filter(({ status }) => status !== 'passed').map(({ title }) => title) });
}
