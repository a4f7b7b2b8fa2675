import { chosenGroup } from './groups.mjs';

const place = `coverage/mutation/${process.env.MUTATE}`;

export default {
  testRunner: 'jest',
  jest: { configFile: 'test/mutation/jest.config.mjs' },
  mutate: chosenGroup().mutate,
  coverageAnalysis: 'perTest',
  incremental: true,
  incrementalFile: `${place}.incremental.json`,
  concurrency: 2,
  timeoutMS: 12_000,
  ignorePatterns: ['/coverage', '/dist'],
  tempDirName: 'coverage/stryker',
  reporters: ['progress-append-only', 'clear-text', 'json', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  jsonReporter: { fileName: `${place}.json` },
  htmlReporter: { fileName: `${place}.html` },
  disableTypeChecks: false,
};
