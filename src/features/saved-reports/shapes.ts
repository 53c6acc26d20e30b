import { instanceId, length } from '../../operations/constraints.ts';
import { boolean, integer, label, nested, required, string, structure, timestamp } from '../../operations/shapes.ts';
import type { SeenReport } from './store.ts';
import type { SavedReport, SavedReportStatus, SavedReportType } from './types.ts';

/** What the operations on one saved report have in common. */
export const reportMembers = { InstanceId: label(), SavedReportId: label() } as const;
export const reportConstraints = { ...instanceId, SavedReportId: length(1, 250) };

export const nameConstraint = { Name: length(1, 127) };

export const summaryMembers = {
  Id: required(string()),
  Name: required(string()),
  Type: required(string<SavedReportType>()),
  Status: required(string<SavedReportStatus>()),
  Owner: required(
    nested(
      structure({
        Type: required(string<'USER' | 'ACCESS_KEY'>()),
        Id: required(string()),
        /** Where the caller may be told. */
        Name: string(),
        /** False: the user has been deleted. */
        Exists: required(boolean()),
      }),
    ),
  ),
  Version: required(integer()),
  CreatedTime: required(timestamp()),
  LastModifiedTime: required(timestamp()),
};

export const summaryOf = (report: SeenReport) => ({
  Id: report.id,
  Name: report.name,
  Type: report.type,
  Status: report.status,
  Owner: {
    Type: report.owner.type,
    Id: report.owner.id,
    Name: report.ownerName ?? undefined,
    Exists: report.ownerExists,
  },
  Version: report.version,
  CreatedTime: report.createdTime,
  LastModifiedTime: report.lastModifiedTime,
});

/** For the audit. */
export const snapshotOf = ({ type, status, settings }: SavedReport) => ({
  Type: type,
  Status: status,
  Settings: settings,
});
