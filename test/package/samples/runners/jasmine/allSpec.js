const { exercise } = require('../exercise.cjs');
const { useMockMor, assertAnswered } = require('mock-mor/testing');

const mor = useMockMor(globalThis);

it('all of it', () => exercise(mor), 60_000);
it('a world of its own', () => {
  expect(() => assertAnswered(mor, 'DID created')).toThrowError(/no request came at all/);
});
