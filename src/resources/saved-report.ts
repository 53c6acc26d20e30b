import { kind } from './kind.ts';

/** Its owner's, shared or published: its feature judges who reaches one. */
export const savedReport = kind({
  words: ['saved report', 'saved reports'],
  table: 'saved_report',
  name: 'name',
  members: ['SavedReportId'],
});
