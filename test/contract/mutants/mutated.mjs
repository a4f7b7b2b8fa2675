/** Loads our sources as they are, or with the change of a mutant in them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';

export const require = createRequire(import.meta.url);
export const SRC = join(import.meta.dirname, '../../../src');

/** The change that is made to a file as it is loaded. */
let mutant;
const compiled = new Map();

/** By file: those of the mock that it imports, or may require later. */
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

/** A mock with the change in it; undefined for none. What does not import the changed file, at whatever distance, is loaded only once. */
export function mockWith(change, fixtures = {}) {
  for (const path of [...affectedBy(mutant), ...affectedBy(change)]) delete require.cache[path];
  mutant = change;
  return require(join(SRC, 'mock-mor.ts')).createMockMor({ fixtures, log: () => undefined });
}

function affectedBy(change) {
  const affected = new Set(change === undefined ? [] : [join(SRC, change.file)]);
  for (const file of affected) {
    for (const [importer, imported] of importsOf) if (imported.includes(file)) affected.add(importer);
  }
  return affected;
}
