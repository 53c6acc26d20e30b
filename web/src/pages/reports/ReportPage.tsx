import { useParams } from '@tanstack/react-router';
import { Notice } from '../../components/Notice.tsx';
import { usePageName } from '../../components/page.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { ReportView } from './ReportView.tsx';
import { builtInReports, reportNames } from './report-metrics.ts';

/** One of the built-in reports, as its address has it. */
export function ReportPage() {
  const { report: given } = useParams({ from: '/console/historical-metrics/$report' });
  const report = reportNames.find((known) => known === given);
  usePageName(report && builtInReports[report].title);
  if (report) return <ReportView report={report} />;
  return (
    <Notice title="There is no such report" text="The address names a report that Cordboard does not have.">
      <RouterLink to={{ to: '/historical-metrics' }}>See the reports</RouterLink>
    </Notice>
  );
}
