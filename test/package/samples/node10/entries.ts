import { createMockMor } from 'mock-mor';
import { pactStates, type PactStates } from 'mock-mor/pact';
import * as runner from 'node:test';
import { assertAnswered, useMockMor } from 'mock-mor/testing';

assertAnswered(useMockMor(runner), 'Access Denied');
export const states: Promise<PactStates> = createMockMor().then(pactStates);
// @ts-expect-error -- types are found, not taken for any
assertAnswered(5);
