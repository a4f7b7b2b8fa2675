import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ARROW = '@typescript-eslint/no-restricted-imports';

const REFUSED: readonly (readonly [file: string, code: string, rule: string])[] = [
  ['src/mor/new.ts', "import '../world/fixture-state.ts';", ARROW],
  ['src/mor/calls/new.ts', "import '../../world/fixture-state.ts';", ARROW],
  ['src/mor/new.ts', "import '../problems.ts';", ARROW],
  ['src/mor/new.ts', "import '../explain/diagnose-hash.ts';", ARROW],
  ['src/explain/new.ts', "import '../world/base.ts';", ARROW],
  ['src/mor/new.ts', "import 'yaml';", ARROW],
  ['src/mor/new.ts', "import 'node:crypto';", ARROW],
  ['src/mor/new.ts', "import type { Control } from '../control/control.ts'; export type New = Control;", ARROW],
  ['src/mor/new.ts', "import type { FixturesInput } from '../loader/schema.ts'; export type New = FixturesInput;", ARROW],
  ['src/mor/model.ts', "import { fixturesSchema } from '../loader/schema.ts'; fixturesSchema.parse(1);", ARROW],
  ['src/mor/model.ts', "import type { DidRange } from '../world/did-range.ts'; export type New = DidRange;", ARROW],
  ['src/world/new.ts', "import '../loader/load.ts';", ARROW],
  ['src/loader/new.ts', "import '../control/control.ts';", ARROW],
  ['src/control/world-control.ts', "import '../http/app.ts';", ARROW],
  ['src/http/admin/new.ts', "import '../../mock-mor.ts';", ARROW],
  ['src/http/new.ts', "export * from '../index.ts';", ARROW],
  ['src/http/new.ts', "import '../pact/ready-states.ts';", ARROW],
  ['src/contract/new.ts', "import '../pact.ts';", ARROW],
  ['src/mock-mor.ts', "import './cli.ts';", ARROW],
  ['src/mock-mor.ts', "import './cli/serve.ts';", ARROW],
  ['src/index.ts', "import './cli/serve.ts';", ARROW],
  ['src/contract/new.ts', "import '../shadow/shadow.ts';", ARROW],
  ['src/shadow/new.ts', "import '../cli/serve.ts';", ARROW],
  ['src/http/new.ts', "await import('../mock-mor.ts');", 'no-restricted-syntax'],
  ['src/http/new.ts', 'process.exit();', 'no-restricted-globals'],
  ['src/http/new.ts', "import 'node:process';", 'no-restricted-syntax'],
  ['src/http/new.ts', 'structuredClone({});', 'no-restricted-globals'],
  ['src/http/new.ts', "new URL('http://x');", 'no-restricted-globals'],
  ['src/shadow/new.ts', 'process.exit();', 'no-restricted-globals'],
  ['src/http/helpers.ts', 'export {};', 'no-restricted-syntax'],
];

const ALLOWED: readonly (readonly [file: string, code: string])[] = [
  ['src/mor/calls/new.ts', "import '../state.ts';"],
  ['src/mor/hash.ts', "import 'node:crypto';"],
  ['src/mor/model.ts', "import type { DidRecord } from '../loader/schema.ts'; export type New = DidRecord;"],
  ['src/explain/new.ts', "import '../mor/model.ts'; import 'node:crypto';"],
  ['src/world/new.ts', "import '../mor/model.ts'; import '../problems.ts';"],
  ['src/loader/new.ts', "import '../world/fixture-state.ts'; import 'yaml';"],
  ['src/http/new.ts', "import '../control/control.ts'; import '../options.ts'; import '../mor/params.ts';"],
  ['src/mock-mor.ts', "import './http/app.ts'; import './loader/load.ts';"],
  ['src/shadow/new.ts', "import '../contract/table.ts'; import '../http/server.ts';"],
  ['src/http/new.ts', "import { URL } from 'node:url'; new URL('http://x');"],
  ['src/shadow/new.ts', "new URL('http://x');"],
  ['src/cli/new.ts', "import '../mock-mor.ts'; import '../shadow/shadow.ts'; process.exit();"],
];

/** The rules each text breaks, in one run of ESLint. */
function rulesBroken(texts: readonly (readonly [file: string, code: string])[]): readonly (readonly string[])[] {
  const input = JSON.stringify(texts);
  const output = execFileSync(process.execPath, [join(__dirname, 'lint-texts.mjs')], {
    input,
    cwd: join(__dirname, '../..'),
    encoding: 'utf8',
  });
  return JSON.parse(output) as string[][];
}

test('what points against the arrow is refused, and what points along it is not', () => {
  const texts = [...REFUSED.map(([file, code]) => [file, code] as const), ...ALLOWED];
  const broken = rulesBroken(texts);
  const found = texts.map(([file, code], i) => `${file} ${code} ${(broken[i] ?? []).join()}`);
  expect(found).toEqual([...REFUSED.map((row) => row.join(' ')), ...ALLOWED.map((row) => `${row.join(' ')} `)]);
});
