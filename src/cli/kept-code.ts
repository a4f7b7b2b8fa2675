/** Starts a script with the code that V8 made of it when the package was built: compiling is half of a start. */
import { readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { dirname } from 'node:path';
import { Script } from 'node:vm';

/** Where the code of a script is kept. Only the very V8 that made it reads it; any other compiles the script as usual. */
export function keptCodeOf(path: string): string {
  return `${path}.${process.versions.v8}-${process.platform}-${process.arch}.code`;
}

/** Runs a CommonJS script as `require` would, by its kept code where there is some; then it gives the script as V8 has it. */
export function runScript(path: string): Script | undefined {
  const code = contentOf(keptCodeOf(path));
  if (code !== undefined) return compileAndRun(path, code);
  createRequire(path)(path);
  return undefined;
}

/** Compiles a CommonJS script of plain ASCII, by code that was kept of it where V8 takes it for its own, and runs it. */
export function compileAndRun(path: string, code?: Buffer): Script {
  const wrapped = Module.wrap(readFileSync(path, 'latin1'));
  const script = new Script(wrapped, { filename: path, ...(code === undefined ? {} : { cachedData: code }) });
  const module = { exports: {} };
  const run = script.runInThisContext() as (...given: unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  return script;
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
