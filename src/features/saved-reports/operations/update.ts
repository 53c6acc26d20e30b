import { updated } from '../../../audit/change.ts';
import { oneOf, range } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter, notFound, OperationError } from '../../../operations/errors.ts';
import { integer, required, string, structure } from '../../../operations/shapes.ts';
import { requireMaySet, requireOwn, setsStatus } from '../rules.ts';
import { settingsConstraints, settingsIn, settingsMember } from '../settings.ts';
import { nameConstraint, reportConstraints, reportMembers } from '../shapes.ts';
import { lockSavedReport, updateSavedReport } from '../store.ts';
import { type SavedReportStatus, savedReportStatuses } from '../types.ts';

export const changeSavedReport = defineExtensionWrite(
  'UpdateSavedReport',
  {
    method: 'POST',
    uri: '/saved-reports/{InstanceId}/{SavedReportId}',
    summary:
      'Gives a saved report of one’s own another name, other settings, or both. With the Version that DescribeSavedReport answered,' +
      ' settings that have been changed since are not overwritten.',
    input: structure({ ...reportMembers, Name: string(), Settings: settingsMember, Version: integer() }),
    output: structure({ Version: required(integer()) }),
  },
  {
    permission: 'MetricsReports.Edit',
    constraints: {
      ...reportConstraints,
      ...nameConstraint,
      ...settingsConstraints,
      Version: range(1, 2_147_483_647),
    },
    handler: async (context, { SavedReportId: id, Name: name, Settings: given, Version: version }) => {
      const { db, instance, now } = context;
      if (name === undefined && given === undefined) throw invalidParameter('Give a Name, Settings, or both.');
      const settings = given && settingsIn(given);
      const before = await lockSavedReport(db, instance.id, id);
      if (!before) throw notFound('saved-report', id);
      requireOwn(before, context);
      if (version !== undefined && version !== before.version) {
        throw new OperationError(
          'ConditionalOperationFailedException',
          'The saved report has been changed since it was opened. Open it anew, or save yours under another name.',
        );
      }
      const changes = differences({ Name: before.name, Settings: before.settings }, { Name: name, Settings: settings });
      const after = {
        ...before,
        name: name ?? before.name,
        settings: settings ?? before.settings,
        version: before.version + (changes?.Settings ? 1 : 0),
        lastModifiedTime: now,
      };
      if (changes) await updateSavedReport(db, after);
      return { ...updated('saved-report', after, changes), output: { Version: after.version } };
    },
  },
);

export const changeSavedReportStatus = defineExtensionWrite(
  'UpdateSavedReportStatus',
  {
    method: 'POST',
    uri: '/saved-reports/{InstanceId}/{SavedReportId}/status',
    summary:
      'Shares a saved report with whoever has its id (SHARED), publishes it in the list of everybody who may see saved reports' +
      ' (PUBLISHED), or takes that back (PRIVATE): one’s own, with ReportsAdmin.Publish anybody’s. To and from PUBLISHED it needs' +
      ' MetricsReports.Publish, otherwise MetricsReports.Share.',
    input: structure({ ...reportMembers, Status: required(string<SavedReportStatus>()) }),
    output: structure({}),
  },
  {
    permission: ({ Status: status }) => setsStatus(status),
    constraints: { ...reportConstraints, Status: oneOf(...savedReportStatuses) },
    handler: async (context, { SavedReportId: id, Status: status }) => {
      const { db, instance, now } = context;
      const before = await lockSavedReport(db, instance.id, id);
      if (!before) throw notFound('saved-report', id);
      requireMaySet(before, status, context);
      const changes = differences({ Status: before.status }, { Status: status });
      if (changes) await updateSavedReport(db, { ...before, status, lastModifiedTime: now });
      return updated('saved-report', before, changes);
    },
  },
);
