const { exercise } = require('../exercise.cjs');
const { useMockMor } = require('mock-mor/testing');

const mor = useMockMor(globalThis);

test('all of it', () => exercise(mor));
test('a world of its own, and matchers', () => {
  expect(mor).not.toHaveCreatedDid('5');
});
