import test from 'ava';
import { useMockMor, assertAnswered } from 'mock-mor/testing';
import { exercise } from '../exercise.cjs';

const mor = useMockMor(test);

test.serial('all of it', async (t) => {
  t.timeout(60_000);
  await t.notThrowsAsync(exercise(mor));
});
test.serial('a world of its own', (t) => {
  t.throws(() => assertAnswered(mor, 'DID created'), { message: /no request came at all/ });
});
