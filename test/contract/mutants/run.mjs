/** Runs the cases against each mutant of the mock, and prints a line of JSON for each: the cases of its rule that caught it, and those that crashed it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { transformSync } from '@swc/core';

const require = createRequire(import.meta.url);
const SRC = join(import.meta.dirname, '../../../src');

/** The change that is made to a file as it is loaded. */
let mutant;
const compiled = new Map();

/** By file: those of ours that it imports, or may require later. */
const importsOf = new Map();

require.extensions['.ts'] = (module, path) => {
  const source = readFileSync(path, 'utf8');
  if (mutant !== undefined && path === join(SRC, mutant.file)) {
    if (source.split(mutant.from).length !== 2) throw new Error(`${mutant.file} has not exactly one ${mutant.from}`);
    module._compile(javaScriptOf(source.replace(mutant.from, () => mutant.to)), path);
    return;
  }
  if (!compiled.has(path)) {
    compiled.set(path, javaScriptOf(source));
    const imported = Array.from(source.matchAll(/(?:from |require\()'(\.[^']+)'/g), ([, name]) => join(dirname(path), name));
    importsOf.set(
      path,
      imported.map((file) => (file.endsWith('.ts') ? file : `${file}.ts`)),
    );
  }
  module._compile(compiled.get(path), path);
};

function javaScriptOf(source) {
  return transformSync(source, { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }).code;
}

const { MUTANTS } = require('./mutants.ts');
const { pooledClient } = require('../../support/pooled.ts');
const { callTexts, requestOf, worldWith } = require(join(SRC, 'contract/case-request.ts'));
const { compared } = require(join(SRC, 'contract/compare.ts'));
const { shippedCases, stepsOf } = require(join(SRC, 'contract/table.ts'));

const TABLE = shippedCases();

/** A mock with the change in it; undefined for none. What does not import the changed file, at whatever distance, is loaded only once. */
function mockWith(change) {
  for (const path of [...affectedBy(mutant), ...affectedBy(change)]) delete require.cache[path];
  mutant = change;
  return require(join(SRC, 'mock-mor.ts')).createMockMor({ fixtures: {}, log: () => undefined });
}

function affectedBy(change) {
  const affected = new Set(change === undefined ? [] : [join(SRC, change.file)]);
  for (const file of affected) {
    for (const [importer, imported] of importsOf) if (imported.includes(file)) affected.add(importer);
  }
  return affected;
}

/** The cases that ended otherwise than they should: by what was answered or done, or because something broke. */
async function endsAgainst(change, cases) {
  const mor = await mockWith(change);
  const client = await pooledClient(mor, 1);
  const caught = [];
  const crashed = [];
  try {
    for (const one of cases) {
      const end = await endOf(mor, client, one).catch((error) => error);
      if (end === 'crashed' || end instanceof Error) crashed.push(one.title);
      else if (end === 'differs') caught.push(one.title);
    }
    return { caught, crashed };
  } finally {
    client.end();
    await mor.close();
  }
}

async function endOf(mor, client, one) {
  mor.replaceFixtures(worldWith(TABLE.world, one.given));
  const steps = stepsOf(one);
  const firstId = mor.settings().next_did_id;
  let differs = false;
  for (const { send, expect } of steps) {
    const answer = await client.send(requestOf(callTexts(TABLE.request, send), send));
    if (answer.status >= 500) return 'crashed';
    differs ||= compared(expect, answer).length > 0;
  }
  const wanted = steps.filter(({ expect }) => expect.success !== undefined);
  const made = mor.dids({ created: true });
  const isMade = ({ expect }, i) => Object.entries(expect.made ?? {}).every(([field, value]) => isDeepStrictEqual(made[i]?.[field], value));
  differs ||= made.length !== wanted.length || !wanted.every(isMade) || mor.settings().next_did_id !== firstId + wanted.length;
  return differs ? 'differs' : 'passed';
}

const tell = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

tell(await endsAgainst(undefined, Object.values(TABLE.cases).flat()));
for (const { rule, breaks, ...change } of MUTANTS) tell({ rule, breaks, ...(await endsAgainst(change, TABLE.cases[rule] ?? [])) });
