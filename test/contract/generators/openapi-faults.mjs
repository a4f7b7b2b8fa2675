// Jest cannot load the validator, which is an ES module: this runs as a process of its own.
// Reads an OpenAPI description from standard input and writes what is wrong with it as JSON, after the official schema of its version.
import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';

const validator = new Validator();
const { valid, errors = [] } = await validator.validate(readFileSync(0, 'utf8'));
const unresolved = [];
try {
  // Throws where a $ref leads nowhere.
  if (valid) validator.resolveRefs();
} catch (error) {
  unresolved.push(String(error));
}
process.stdout.write(JSON.stringify({ version: validator.version ?? null, faults: [...(valid ? [] : [errors].flat()), ...unresolved] }));
