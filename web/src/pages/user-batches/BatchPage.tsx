import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNotFound } from '../../api/errors.ts';
import { useMay } from '../../api/session.ts';
import { batchQuery } from '../../api/user-batches.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { NoPermission } from '../../components/NoPermission.tsx';
import { Notice } from '../../components/Notice.tsx';
import { usePage } from '../../components/page.ts';
import { batchesPath } from '../../routes/paths.ts';
import { BatchHeader } from './BatchHeader.tsx';
import { BatchResults } from './BatchResults.tsx';
import { BatchSummary } from './BatchSummary.tsx';
import { batchTitle } from './batch-words.ts';

export function BatchPage() {
  const { batchId = '' } = useParams({ strict: false });
  const may = useMay();
  if (!may('Users.View') && !may('Users.Delete')) return <NoPermission permission="Users – View" />;
  return <Batch key={batchId} batchId={batchId} />;
}

/** One batch: where it stands, whose it is, and every record with its reason. */
function Batch({ batchId }: { readonly batchId: string }) {
  const { data: batch, error, refetch } = useQuery(batchQuery(batchId));
  usePage(batch ? batchTitle(batch) : 'User batch', 'default', [{ text: 'User batches', href: batchesPath }]);
  if (isNotFound(error)) {
    return (
      <Notice
        title="There is no such batch"
        text="This instance has no batch with the id in the address."
        link={{ text: 'See the user batches', href: batchesPath }}
      />
    );
  }
  if (!batch) {
    return (
      <Container>
        {error ? (
          <ErrorAlert header="The batch could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <StatusIndicator type="loading">Loading the batch</StatusIndicator>
        )}
      </Container>
    );
  }
  return (
    <SpaceBetween size="l">
      <BatchHeader batch={batch} />
      {error && <ErrorAlert header="What you see may be old" error={error} onRetry={() => void refetch()} />}
      <BatchSummary batch={batch} />
      <BatchResults batch={batch} />
    </SpaceBetween>
  );
}
