/** Types are checked by `npm run types`; here swc only takes them away. */
export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  // `npm run check:package` runs those of the packed tarball, `npm run test:hostile` the hostile client and the races,
  // `npm run test:browser` the dashboard in a browser, `npm run test:long` the others.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...['package', 'hostile', 'races', 'long', 'model', 'shadow', 'timers', 'browser'].map((folder) => `<rootDir>/test/${folder}/`),
  ],
  setupFilesAfterEnv: ['<rootDir>/test/support/answers-are-valid.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }] },
  // Many tests start processes, on machines that have other things to do; what hangs still ends.
  testTimeout: 30_000,
  maxWorkers: '100%',
};
