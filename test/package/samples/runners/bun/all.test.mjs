import * as runner from 'bun:test';
import { useMockMor } from 'mock-mor/testing';
import { exercise } from '../exercise.cjs';

const { expect, test } = runner;
const mor = useMockMor(runner);

test('all of it', () => exercise(mor), 60_000);
test('a world of its own, and matchers', () => {
  expect(mor).not.toHaveCreatedDid('5');
});
