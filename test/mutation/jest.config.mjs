import base from '../../jest.config.mjs';
import { chosenGroup } from './groups.mjs';

/** The tests of one group. */
export default {
  ...base,
  rootDir: '../..',
  testMatch: chosenGroup().tests.map((test) => `<rootDir>/${test}`),
  // Not the validation of every answer by the schema: for each mutant again it would cost more than the tests.
  setupFilesAfterEnv: ['<rootDir>/test/mutation/sure-dice.ts'],
  testRunner: '<rootDir>/test/mutation/until-killed.jest-circus.mjs',
  testSequencer: '<rootDir>/test/mutation/quickest-first.mjs',
};
