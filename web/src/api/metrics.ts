/** The metrics and their words, which are the server's: the one file of it that is in the bundle, for it is nothing but a table. */
export * from '../../../src/features/metrics/definitions.ts';
