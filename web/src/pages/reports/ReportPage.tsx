import { getRouteApi, useParams } from '@tanstack/react-router';
import { Notice } from '../../components/Notice.tsx';
import { usePageName } from '../../components/page.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { useGo, useHref } from '../../routes/navigation.ts';
import { ReportView } from './ReportView.tsx';
import { builtInReports, type ReportName, reportNames } from './report-metrics.ts';

const place = getRouteApi('/console/historical-metrics/$report');

/** One of the built-in reports, as its address has it. */
export function ReportPage() {
  const { report: given } = useParams({ from: '/console/historical-metrics/$report' });
  const report = reportNames.find((known) => known === given);
  usePageName(report && builtInReports[report].title);
  if (report) return <BuiltIn report={report} />;
  return (
    <Notice title="There is no such report" text="The address names a report that Cordboard does not have.">
      <RouterLink to={{ to: '/historical-metrics' }}>See the reports</RouterLink>
    </Notice>
  );
}

function BuiltIn({ report }: { readonly report: ReportName }) {
  const search = place.useSearch();
  const go = useGo();
  const href = useHref();
  const params = { report };
  return (
    <ReportView
      report={report}
      saved={null}
      search={search}
      show={(next) => go({ to: '/historical-metrics/$report', params, search: next, resetScroll: false })}
      hrefOf={(next) => href({ to: '/historical-metrics/$report', params, search: next })}
    />
  );
}
