import { useMockMor } from 'mock-mor/testing';

// With the globals of jasmine.
const mor = useMockMor(globalThis);
it('has a world', () => void mor.counts());
