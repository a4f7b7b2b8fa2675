/** What is mutated together, and the tests it is held against, the quickest first: they run in this process, and each mutant loads them anew. */
export const GROUPS = {
  mor: {
    mutate: ['call', 'caller', 'check', 'errors', 'hash', 'model', 'params', 'reply', 'calls/did-create', 'calls/index'].map(
      (file) => `src/mor/${file}.ts`,
    ),
    tests: [
      'test/mor/params.test.ts',
      'test/mor/check.test.ts',
      'test/mor/hash.test.ts',
      'test/mor/errors.test.ts',
      'test/mor/did-create.test.ts',
      'test/mor/trace.test.ts',
      'test/contract/descriptions/fresh.test.ts',
    ],
  },
  explained: {
    mutate: ['caller-explained', 'calls/did-create-explained', 'in-words', 'trace', 'hash-doctor', 'hash-recipes'].map(
      (file) => `src/mor/${file}.ts`,
    ),
    tests: ['test/mor/in-words.test.ts', 'test/mor/trace.test.ts', 'test/mor/hash-doctor.test.ts'],
  },
  reader: {
    mutate: ['read-params', 'form', 'json-params', 'parameter-limit', 'text'].map((file) => `src/http/${file}.ts`),
    tests: ['test/http/read-params.test.ts', 'test/cli/curl-line.test.ts'],
  },
  writer: {
    mutate: ['src/http/write-xml.ts', 'src/http/xml-shapes.ts'],
    tests: ['test/http/write-xml.test.ts'],
  },
  store: {
    mutate: ['store', 'base', 'did-*', 'growing-column', 'kind-counts', 'number-key', 'text-index', 'added-numbers'].map(
      (file) => `src/world/${file}.ts`,
    ),
    tests: [
      'test/world/number-key.test.ts',
      'test/world/growing-column.test.ts',
      'test/world/kind-counts.test.ts',
      'test/world/added-numbers.test.ts',
      'test/world/store.test.ts',
      'test/mor/did-create.test.ts',
      'test/world/snapshots.test.ts',
      'test/world/pages.test.ts',
      'test/loader/validate-references.test.ts',
    ],
  },
  shared: {
    mutate: ['shared-list', 'shared-map', 'number-table', 'numbered-queue', 'order-of'].map((file) => `src/world/${file}.ts`),
    tests: [
      'test/world/number-table.test.ts',
      'test/world/numbered-queue.test.ts',
      'test/world/order-of.test.ts',
      'test/world/shared-list.test.ts',
      'test/world/shared-map.test.ts',
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
