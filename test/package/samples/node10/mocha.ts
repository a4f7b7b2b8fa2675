import { useMockMor } from 'mock-mor/testing';

// With the globals of mocha.
const mor = useMockMor(globalThis);
it('has a world', () => void mor.counts());
