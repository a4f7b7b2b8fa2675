const { exercise } = require('../exercise.cjs');
const { useMockMor, assertAnswered } = require('mock-mor/testing');

// As test setups do it.
globalThis.expect = require('chai').expect;
const mor = useMockMor(globalThis);

it('all of it', () => exercise(mor)).timeout(60_000);
it('a world of its own', () => {
  expect(() => assertAnswered(mor, 'DID created')).to.throw('no request came at all');
});
