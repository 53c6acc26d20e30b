import Container from '@cloudscape-design/components/container';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { isNotFound } from '../../api/errors.ts';
import { quickConnectRowQuery } from '../../api/quick-connects.ts';
import { useMay } from '../../api/session.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { NoPermission } from '../../components/NoPermission.tsx';
import { Notice } from '../../components/Notice.tsx';
import { quickConnectsPath } from '../../routes/paths.ts';
import { QuickConnectForm } from './QuickConnectForm.tsx';

export function QuickConnectPage() {
  const { quickConnectId = '' } = useParams({ strict: false });
  return useMay()('TransferDestinations.View') ? (
    <LoadedForm key={quickConnectId} id={quickConnectId} />
  ) : (
    <NoPermission permission="Quick connects – View" />
  );
}

function LoadedForm({ id }: { readonly id: string }) {
  const { data: row, error, refetch } = useQuery(quickConnectRowQuery(id));
  if (isNotFound(error) || row === null) {
    return (
      <Notice
        title="This quick connect does not exist (any more)"
        text="It was deleted, or the address is wrong."
        link={{ text: 'Go to Quick connects', href: quickConnectsPath }}
      />
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
