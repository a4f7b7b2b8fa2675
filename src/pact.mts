/** The same for ES modules; see `index.mts`. */
export * from './pact.ts';
