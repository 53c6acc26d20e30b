import type { SavedReportRow, SavedReportStatus } from '../../api/saved-reports.ts';
import { useMay, useRefusal, useSession } from '../../api/session.ts';

export type OwnedReport = Pick<SavedReportRow, 'Owner' | 'Status'>;

const notYours = 'It is somebody else’s. Open it and save it under a name of your own.';

/** Why the signed-in user may not do something with a saved report; undefined where they may. The server judges the same. */
export function useReportRights() {
  const { User } = useSession();
  const may = useMay();
  const refusal = useRefusal();
  const isOwn = ({ Owner }: OwnedReport) => Owner.Type === 'USER' && Owner.Id === User.Id;
  const noStatus = (report: OwnedReport, status: SavedReportStatus): string | undefined => {
    if (status === report.Status || may('ReportsAdmin.Publish')) return undefined;
    if (!isOwn(report)) return 'It is somebody else’s: that needs the permission Saved reports (admin) – Publish.';
    const publishes = status === 'PUBLISHED' || report.Status === 'PUBLISHED';
    return refusal(publishes ? 'MetricsReports.Publish' : 'MetricsReports.Share');
  };
  return {
    isOwn,
    noEdit: (report: OwnedReport) => refusal('MetricsReports.Edit') ?? (isOwn(report) ? undefined : notYours),
    noDelete: (report: OwnedReport) => {
      if (may('ReportsAdmin.Delete')) return undefined;
      if (isOwn(report)) return refusal('MetricsReports.Delete');
      return 'It is somebody else’s: to delete it needs the permission Saved reports (admin) – Delete.';
    },
    noStatus,
    /** A link to what is shared already may be copied by whoever sees it. */
    noShare: (report: OwnedReport) =>
      report.Status === 'PRIVATE' ? noStatus(report, 'SHARED') && noStatus(report, 'PUBLISHED') : undefined,
  };
}
