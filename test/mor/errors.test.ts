import { didCreate } from '../../src/mor/calls/did-create.ts';
import { MOR_ERRORS, type MorError, type MorErrorName } from '../../src/mor/errors.ts';
import { ERRORS_IN_ORDER } from '../support/faulty-call.ts';

const rowOf = (name: MorErrorName): MorError => MOR_ERRORS[name];

test('the checks of did_create -> the errors in the order of the contract', () => {
  expect(didCreate.errors.map((error) => MOR_ERRORS[error].text)).toEqual(ERRORS_IN_ORDER);
});

test('the errors before the call -> the first four', () => {
  const before = didCreate.errors.filter((error) => rowOf(error).isPreCallError === true);
  expect(before).toEqual(didCreate.errors.slice(0, 4));
});

test('older texts -> just the two the contract names', () => {
  const older = Object.values<MorError>(MOR_ERRORS).flatMap(({ text, legacyText }) =>
    legacyText === undefined ? [] : [[text, legacyText]],
  );
  expect(older).toEqual([
    ['Access Denied', "Don't be so smart"],
    ['You are not authorized to use this Provider', 'Your are not authorized to use this Provider'],
  ]);
});
