import Container from '@cloudscape-design/components/container';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNotFound } from '../../api/errors.ts';
import { quickConnectRowQuery } from '../../api/quick-connects.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Notice } from '../../components/Notice.tsx';
import { RouterLink } from '../../components/RouterLink.tsx';
import { QuickConnectForm } from './QuickConnectForm.tsx';

export function QuickConnectPage() {
  const { quickConnectId } = useParams({ from: '/console/routing/quick-connects/$quickConnectId' });
  const { data: row, error, refetch } = useQuery(quickConnectRowQuery(quickConnectId));
  if (isNotFound(error) || row === null) {
    return (
      <Notice title="This quick connect does not exist (any more)" text="It was deleted, or the address is wrong.">
        <RouterLink back to={{ to: '/routing/quick-connects' }}>
          Go to Quick connects
        </RouterLink>
      </Notice>
    );
  }
  if (row) return <QuickConnectForm row={row} />;
  return (
    <Container>
      {error ? (
        <ErrorAlert header="The quick connect could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <StatusIndicator type="loading">Loading the quick connect</StatusIndicator>
      )}
    </Container>
  );
}
