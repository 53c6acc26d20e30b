import Container from '@cloudscape-design/components/container';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { contactQuery } from '../../api/contacts.ts';
import { isNotFound } from '../../api/errors.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Notice } from '../../components/Notice.tsx';
import { RouterLink } from '../../components/RouterLink.tsx';
import { ContactView } from './ContactView.tsx';

/** Contact details: what happened, with the names as they were. */
export function ContactPage() {
  const { contactId } = useParams({ from: '/console/contact-search/$contactId' });
  const { data, error, refetch } = useQuery(contactQuery(contactId));
  if (isNotFound(error)) {
    return (
      <Notice
        title="There is no such contact"
        text="The contact is older than what is kept, its record has not been imported, or the address is wrong."
      >
        <RouterLink back to={{ to: '/contact-search' }}>
          Go to Contact search
        </RouterLink>
      </Notice>
    );
  }
  if (!data) {
    return (
      <Container>
        {error ? (
          <ErrorAlert header="The contact could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <StatusIndicator type="loading">Loading the contact</StatusIndicator>
        )}
      </Container>
    );
  }
  return <ContactView details={data} />;
}
