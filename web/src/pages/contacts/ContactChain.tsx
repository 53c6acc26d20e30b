import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import type { ContactRow } from '../../api/types.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { formatDuration, withinSentence } from '../../components/words.ts';
import { AgentLogin } from './AgentLogin.tsx';
import { ContactLink } from './contact-list.tsx';
import { channelText, methodText, queueText } from './contact-words.ts';

/** The contacts that belong together, from agent to agent, as they followed each other. */
export function ContactChain({
  chain,
  contactId,
}: {
  readonly chain: readonly ContactRow[];
  readonly contactId: string;
}) {
  return (
    <Container
      header={
        <Header
          variant="h2"
          counter={`(${chain.length})`}
          description="Each transfer and each callback is a contact of its own."
        >
          Chain of transfers
        </Header>
      }
    >
      <ol className="timeline">
        {chain.map((contact) => (
          <li key={contact.Id} {...(contact.Id === contactId && { 'aria-current': 'true' as const })}>
            <Box variant="strong">
              <TimeText seconds={contact.InitiationTimestamp} />
            </Box>{' '}
            {methodText(contact)}, {withinSentence(channelText(contact))}
            <div>
              <AgentLogin agent={contact.Agent} />
              {contact.Queue && ` · ${queueText(contact)}`}
              {contact.AgentInteractionDuration !== undefined &&
                ` · ${formatDuration(contact.AgentInteractionDuration)} with the customer`}
              {contact.TransferredToEndpoint && ` · transferred to ${contact.TransferredToEndpoint}`}
            </div>
            {contact.Id === contactId ? (
              <Box color="text-body-secondary">This contact</Box>
            ) : (
              <ContactLink contact={contact} />
            )}
          </li>
        ))}
      </ol>
    </Container>
  );
}
