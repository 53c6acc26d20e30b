import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { InputTo, OutputOf } from './operations.ts';

export type SavedReport = OutputOf<'DescribeSavedReport'>['SavedReport'];
export type SavedReportRow = OutputOf<'ListSavedReports'>['SavedReports'][number];
export type SavedReportStatus = SavedReportRow['Status'];
export type SavedReportType = SavedReportRow['Type'];
export type SavedReportSettings = InputTo<'CreateSavedReport'>['Settings'];

export const savedReportQuery = (id: string) =>
  queryOptions({
    queryKey: ['saved-report', id],
    queryFn: async ({ signal }) => (await call('DescribeSavedReport', { SavedReportId: id }, { signal })).SavedReport,
    // What others have changed since is seen when it is opened.
    gcTime: 0,
  });
