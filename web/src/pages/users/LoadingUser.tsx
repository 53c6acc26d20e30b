import Container from '@cloudscape-design/components/container';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';

export function LoadingUser({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  return (
    <Container>
      {error ? (
        <ErrorAlert header="The user could not be loaded" error={error} onRetry={onRetry} />
      ) : (
        <StatusIndicator type="loading">Loading the user</StatusIndicator>
      )}
    </Container>
  );
}
