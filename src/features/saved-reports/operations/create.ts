import { randomUUID } from 'node:crypto';
import { creationOf } from '../../../audit/change.ts';
import { identityOf } from '../../../operations/caller.ts';
import { instanceId, oneOf } from '../../../operations/constraints.ts';
import { defineExtensionWrite } from '../../../operations/define-operation.ts';
import { label, required, string, structure } from '../../../operations/shapes.ts';
import { settingsConstraints, settingsIn, settingsMember } from '../settings.ts';
import { nameConstraint, snapshotOf } from '../shapes.ts';
import { insertSavedReport, requireRoomFor } from '../store.ts';
import { type SavedReport, type SavedReportType, savedReportTypes } from '../types.ts';

export const createSavedReport = defineExtensionWrite(
  'CreateSavedReport',
  {
    method: 'PUT',
    uri: '/saved-reports/{InstanceId}',
    summary:
      'Saves the settings of a report of historical metrics under a name that no other saved report of the instance has; 2,000 of' +
      ' one owner at most. It is PRIVATE. Settings are members as GetHistoricalReport has them, with a TimeRange that may be' +
      ' told relatively to the day, and how the website shows them. What Filters name need not be there.',
    input: structure({
      InstanceId: label(),
      Name: required(string()),
      Type: required(string<SavedReportType>()),
      Settings: required(settingsMember),
    }),
    output: structure({ SavedReportId: required(string()) }),
  },
  {
    permission: 'MetricsReports.Create',
    constraints: { ...instanceId, ...nameConstraint, ...settingsConstraints, Type: oneOf(...savedReportTypes) },
    handler: async ({ db, instance, caller, now }, input) => {
      const report: SavedReport = {
        id: randomUUID(),
        name: input.Name,
        type: input.Type,
        status: 'PRIVATE',
        owner: identityOf(caller),
        settings: settingsIn(input.Settings),
        version: 1,
        createdTime: now,
        lastModifiedTime: now,
      };
      await requireRoomFor(db, instance.id, report.owner);
      await insertSavedReport(db, instance.id, report);
      return {
        output: { SavedReportId: report.id },
        changes: [creationOf('saved-report', report, snapshotOf(report))],
      };
    },
  },
);
