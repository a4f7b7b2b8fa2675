// Jest cannot load an ESLint configuration, which is an ES module: this runs as a process of its own.
// Reads [file, code][] as JSON from standard input and writes the ids of the rules each text breaks.
import { readFileSync } from 'node:fs';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

// A file that is not there is in no TypeScript project: rules that need types stay off.
const eslint = new ESLint({ overrideConfig: [{ ...tseslint.configs.disableTypeChecked, files: ['**/*.ts'] }] });
const results = [];
for (const [filePath, code] of JSON.parse(readFileSync(0, 'utf8'))) {
  const [result] = await eslint.lintText(`${code}\n`, { filePath });
  results.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(results));
