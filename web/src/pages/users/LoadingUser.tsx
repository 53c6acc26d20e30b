import Container from '@cloudscape-design/components/container';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { usePage } from '../../components/page.ts';
import { usersPath } from '../../routes/paths.ts';

export function LoadingUser({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  usePage('User', 'form', [{ text: 'User management', href: usersPath }]);
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
