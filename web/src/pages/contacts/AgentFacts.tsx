import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMay } from '../../api/session.ts';
import type { ContactAgent, ContactRow } from '../../api/types.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { formatNumber } from '../../components/words.ts';
import { AgentLogin } from './AgentLogin.tsx';
import { DurationText } from './contact-list.tsx';
import { namedText, pathText } from './contact-words.ts';

const none = '–';

/** Who had the contact, by the names and in the place of that time. */
export function AgentFacts({ contact }: { readonly contact: ContactRow }) {
  const agent = contact.Agent;
  return (
    <Container header={<Header variant="h2">Agent</Header>}>
      {agent ? (
        <SpaceBetween size="m">
          {agent.Status === 'DELETED' && <Deleted agent={agent} />}
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'Login', value: <Login agent={agent} /> },
              { label: 'First name', value: agent.FirstName || none },
              { label: 'Last name', value: agent.LastName || none },
              { label: 'Routing profile', value: namedText(agent.RoutingProfile) },
              { label: 'Agent hierarchy', value: pathText(agent.HierarchyPath) },
              { label: 'Connected to agent', value: <TimeText seconds={contact.ConnectedToAgentTimestamp} /> },
              { label: 'Agent interaction', value: <DurationText seconds={contact.AgentInteractionDuration} /> },
              { label: 'Customer hold', value: <DurationText seconds={contact.CustomerHoldDuration} /> },
              { label: 'Number of holds', value: numberText(contact.NumberOfHolds) },
              { label: 'After contact work', value: <DurationText seconds={contact.AfterContactWorkDuration} /> },
              { label: 'Agent pause', value: <DurationText seconds={contact.AgentPauseDuration} /> },
              { label: 'Connection attempts', value: numberText(contact.AgentConnectionAttempts) },
            ]}
          />
        </SpaceBetween>
      ) : (
        'No agent was connected to this contact.'
      )}
    </Container>
  );
}

const numberText = (value: number | undefined) => (value === undefined ? none : formatNumber(value));

function Login({ agent }: { readonly agent: ContactAgent }) {
  const may = useMay()('Users.View');
  if (agent.Status !== 'PRESENT' || !may) return <AgentLogin agent={agent} />;
  return <RouterLink to={{ to: '/users/$userId', params: { userId: agent.Id } }}>{agent.Username}</RouterLink>;
}

function Deleted({ agent }: { readonly agent: ContactAgent }) {
  const may = useMay();
  const seesBatches = may('Users.View') || may('Users.Delete');
  return (
    <Alert type="info" statusIconAriaLabel="Info">
      {agent.Username} was deleted <TimeText seconds={agent.DeletedTime} />
      {agent.DeletedBy && ` by ${agent.DeletedBy}`}
      {agent.UserBatchId && seesBatches && (
        <>
          {' with '}
          <RouterLink to={{ to: '/users/batches/$batchId', params: { batchId: agent.UserBatchId } }}>
            a user batch
          </RouterLink>
        </>
      )}
      . What is told of the agent here is as it was at the time of the contact.
    </Alert>
  );
}
