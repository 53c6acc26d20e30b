import { length } from '../../operations/constraints.ts';

/** API Reference: "must not be more than 100 characters". */
export const name = { Name: length(1, 100) };
