import type { Access } from '../../access/access-control.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { type Caller, identityOf } from '../../operations/caller.ts';
import { accessDenied } from '../../operations/errors.ts';
import type { SavedReport, SavedReportStatus } from './types.ts';

/** Of one owner: what Amazon Connect counts as personal saves. */
export const mostReports = 2000;

interface Asking {
  readonly access: Access;
  readonly caller: Caller;
}

export function isOwn({ owner }: SavedReport, caller: Caller): boolean {
  const { type, id } = identityOf(caller);
  return owner.type === type && owner.id === id;
}

/** @throws AccessDeniedException for what is somebody else's alone */
export function requireReadable(report: SavedReport, { access, caller }: Asking): void {
  const isOpen = report.status !== 'PRIVATE' || isOwn(report, caller);
  if ((isOpen && access.holds(['MetricsReports.View'])) || access.holds(['ReportsAdmin.View'])) return;
  throw accessDenied(
    `The saved report ${report.id} is neither yours nor shared. Ask its owner to share or to publish it.`,
  );
}

/** Access keys are of the account: they change what is anybody's. @throws AccessDeniedException */
export function requireOwn(report: SavedReport, { caller }: Asking): void {
  if (caller.kind === 'ACCESS_KEY' || isOwn(report, caller)) return;
  throw accessDenied(
    `The saved report ${report.id} is somebody else’s, who alone can change it. Save it under a name of your own.`,
  );
}

/** @throws AccessDeniedException */
export function requireDeletable(report: SavedReport, { access, caller }: Asking): void {
  if (access.holds(['ReportsAdmin.Delete'])) return;
  if (isOwn(report, caller) && access.holds(['MetricsReports.Delete'])) return;
  throw accessDenied(
    `The saved report ${report.id} is somebody else’s: to delete it takes the permission ReportsAdmin.Delete.`,
  );
}

/** By what somebody may ask for a status at all. */
export const setsStatus = (status: SavedReportStatus): readonly PermissionId[] =>
  status === 'PUBLISHED'
    ? ['MetricsReports.Publish', 'ReportsAdmin.Publish']
    : ['MetricsReports.Share', 'MetricsReports.Publish', 'ReportsAdmin.Publish'];

/** To and from PUBLISHED it is Publish, otherwise Share. @throws AccessDeniedException */
export function requireMaySet(report: SavedReport, status: SavedReportStatus, { access, caller }: Asking): void {
  if (access.holds(['ReportsAdmin.Publish'])) return;
  if (!isOwn(report, caller)) {
    throw accessDenied(
      `The saved report ${report.id} is somebody else’s: to publish it, or to take that back, takes the permission ReportsAdmin.Publish.`,
    );
  }
  const needed =
    report.status === 'PUBLISHED' || status === 'PUBLISHED' ? 'MetricsReports.Publish' : 'MetricsReports.Share';
  if (access.holds([needed])) return;
  throw accessDenied(
    `Your security profiles do not allow this: to make a report ${status} that is ${report.status} needs the permission ${needed}.`,
  );
}
