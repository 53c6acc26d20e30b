/** The metrics and their words, which are the server’s: in the bundle, for they are nothing but a table. */
export * from '../../../src/features/metrics/definitions.ts';
