import Container from '@cloudscape-design/components/container';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useParams } from '@tanstack/react-router';
import { isDenied, isNotFound } from '../../api/errors.ts';
import { type SavedReport, savedReportQuery } from '../../api/saved-reports.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Notice } from '../../components/Notice.tsx';
import { usePageName } from '../../components/page.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { useGo, useHref } from '../../routes/navigation.ts';
import { ReportView } from '../reports/ReportView.tsx';
import { reportOfType } from '../reports/saved-settings.ts';

const place = getRouteApi('/console/saved-reports/$savedReportId');

/** A report as somebody has saved it. */
export function SavedReportPage() {
  const { savedReportId } = useParams({ from: '/console/saved-reports/$savedReportId' });
  const { data: saved, error, refetch } = useQuery(savedReportQuery(savedReportId));
  usePageName(saved?.Name);
  if (saved) return <Opened saved={saved} />;
  const toList = <RouterLink to={{ to: '/saved-reports' }}>Go to Saved reports</RouterLink>;
  if (isNotFound(error)) {
    return (
      <Notice title="This saved report does not exist (any more)" text="It was deleted, or the address is wrong.">
        {toList}
      </Notice>
    );
  }
  if (isDenied(error)) {
    return (
      <Notice
        title="This saved report is not shared"
        text="It is its owner’s alone. Ask whoever gave you the link to share or to publish it."
      >
        {toList}
      </Notice>
    );
  }
  return (
    <Container>
      {error ? (
        <ErrorAlert header="The saved report could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <StatusIndicator type="loading">Loading the saved report</StatusIndicator>
      )}
    </Container>
  );
}

function Opened({ saved }: { readonly saved: SavedReport }) {
  const search = place.useSearch();
  const go = useGo();
  const href = useHref();
  const params = { savedReportId: saved.Id };
  return (
    <ReportView
      report={reportOfType[saved.Type]}
      saved={saved}
      search={search}
      show={(next) => go({ to: '/saved-reports/$savedReportId', params, search: next, resetScroll: false })}
      hrefOf={(next) => href({ to: '/saved-reports/$savedReportId', params, search: next })}
    />
  );
}
