/** What is mutated together, and the tests it is held against, the quickest first: they run in this process, and each mutant loads them again. */
export const GROUPS = {
  mor: {
    mutate: ['define-call', 'check', 'checks/*', 'errors', 'hash', 'model', 'params', 'reply', 'calls/*'].map(
      (file) => `src/mor/${file}.ts`,
    ),
    tests: [
      'test/mor/params.test.ts',
      'test/mor/check.test.ts',
      'test/mor/hash.test.ts',
      'test/mor/errors.test.ts',
      'test/mor/did-create.test.ts',
      'test/mor/trace.test.ts',
      'test/contract/generators/fresh.test.ts',
    ],
  },
  explained: {
    mutate: ['src/mor/in-words.ts', 'src/mor/quote.ts', 'src/explain/*.ts'],
    tests: [
      'test/mor/quote.test.ts',
      'test/mor/in-words.test.ts',
      'test/mor/trace.test.ts',
      'test/explain/call-hash.test.ts',
      'test/explain/number-formats.test.ts',
      'test/explain/hash-format.test.ts',
      'test/explain/diagnose-hash.test.ts',
    ],
  },
  reader: {
    mutate: ['read-params', 'content-type', 'form', 'json-params', 'not-utf8', 'body-shape', 'parameter-limit', 'text'].map(
      (file) => `src/http/${file}.ts`,
    ),
    tests: ['test/http/read-params.test.ts', 'test/http/body-shape.test.ts', 'test/cli/parse-curl.test.ts'],
  },
  writer: {
    mutate: ['src/wire/render-xml.ts', 'src/wire/xml-template.ts'],
    tests: ['test/wire/render-xml.test.ts'],
  },
  store: {
    mutate: ['store', 'fixture-state', 'did-overlay', 'did-range', 'list-dids', 'detach-string'].map((file) => `src/world/${file}.ts`),
    tests: [
      'test/world/did-range.test.ts',
      'test/world/fixture-state.test.ts',
      'test/world/did-overlay.test.ts',
      'test/world/detach-string.test.ts',
      'test/world/store.test.ts',
      'test/mor/did-create.test.ts',
      'test/world/snapshots.test.ts',
      'test/world/list-dids.test.ts',
      'test/loader/validate-references.test.ts',
    ],
  },
  loader: {
    mutate: ['apply-schema', 'describe-issue', 'did-entry', 'find-duplicates', 'load', 'validate-input', 'validate-references'].map(
      (file) => `src/loader/${file}.ts`,
    ),
    tests: [
      'test/loader/validate-input.test.ts',
      'test/loader/apply-schema.test.ts',
      'test/loader/validate-references.test.ts',
      'test/loader/find-duplicates.test.ts',
      'test/loader/source-document.test.ts',
      'test/loader/yaml-document.test.ts',
      'test/loader/csv-issues.test.ts',
      'test/verify/profile.test.ts',
      'test/faults/rules.test.ts',
      'test/loader/read-files.test.ts',
      'test/loader/csv-did-file.test.ts',
    ],
  },
};

/** The group that the environment names. */
export function chosenGroup() {
  const group = GROUPS[process.env.MUTATE];
  if (group === undefined) throw new Error(`MUTATE must be one of: ${Object.keys(GROUPS).join(', ')}`);
  return group;
}
