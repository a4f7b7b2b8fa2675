import test, * as runner from 'node:test';
import { useMockMor } from 'mock-mor/testing';
import { exercise } from '../exercise.cjs';

const mor = useMockMor(runner);

test('all of it', () => exercise(mor));
test('a world of its own', () => {
  if (mor.requests().requests.length > 0) throw new Error('it has requests of another test');
});
