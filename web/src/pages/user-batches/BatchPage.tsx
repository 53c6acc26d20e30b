import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNotFound } from '../../api/errors.ts';
import { batchQuery } from '../../api/user-batches.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Notice } from '../../components/Notice.tsx';
import { usePageName } from '../../components/page.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { BatchHeader } from './BatchHeader.tsx';
import { BatchResults } from './BatchResults.tsx';
import { BatchSummary } from './BatchSummary.tsx';
import { batchTitle } from './batch-words.ts';

/** One batch: where it stands, whose it is, and every record with its reason. */
export function BatchPage() {
  const { batchId } = useParams({ from: '/console/users/batches/$batchId' });
  const { data: batch, error, refetch } = useQuery(batchQuery(batchId));
  usePageName(batch && batchTitle(batch));
  if (isNotFound(error)) {
    return (
      <Notice title="There is no such batch" text="This instance has no batch with the id in the address.">
        <RouterLink back to={{ to: '/users/batches' }}>
          See the user batches
        </RouterLink>
      </Notice>
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
