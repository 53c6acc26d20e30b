import { kind } from './kind.ts';

/** Within reach by its agent at that time, which its feature judges. */
export const contact = kind({
  words: ['contact', 'contacts'],
  table: 'contact',
  name: null,
  members: ['ContactId', 'InitialContactId'],
});
