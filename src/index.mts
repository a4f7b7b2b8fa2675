/** The same package for ES modules. It wraps the CommonJS build, so both kinds of importer share one copy. */
export * from './index.ts';
