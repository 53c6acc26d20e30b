import { createSavedReport } from './create.ts';
import { removeSavedReport } from './delete.ts';
import { describeSavedReport, listSavedReports } from './read.ts';
import { changeSavedReport, changeSavedReportStatus } from './update.ts';

export const savedReportOperations = [
  createSavedReport,
  describeSavedReport,
  listSavedReports,
  changeSavedReport,
  changeSavedReportStatus,
  removeSavedReport,
] as const;
