import { deleted } from '../../../audit/change.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { structure } from '../../../operations/shapes.ts';
import { requireDeletable } from '../rules.ts';
import { reportConstraints, reportMembers, snapshotOf } from '../shapes.ts';
import { deleteSavedReport, lockSavedReport } from '../store.ts';

export const removeSavedReport = defineExtensionWrite(
  'DeleteSavedReport',
  {
    method: 'DELETE',
    uri: '/saved-reports/{InstanceId}/{SavedReportId}',
    summary: 'Deletes a saved report of one’s own; with ReportsAdmin.Delete anybody’s.',
    input: structure(reportMembers),
    output: structure({}),
  },
  {
    permission: ['MetricsReports.Delete', 'ReportsAdmin.Delete'],
    constraints: reportConstraints,
    handler: async (context, { SavedReportId: id }) => {
      const { db, instance } = context;
      const report = await lockSavedReport(db, instance.id, id);
      if (!report) throw notFound('saved-report', id);
      requireDeletable(report, context);
      await deleteSavedReport(db, id);
      return deleted('saved-report', report, snapshotOf(report));
    },
  },
);
