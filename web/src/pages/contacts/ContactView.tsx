import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ContactDetails } from '../../api/contacts.ts';
import { useMay, useRefusal } from '../../api/session.ts';
import type { ContactRow } from '../../api/types.ts';
import { usePageName } from '../../components/page.ts';
import { TimeText } from '../../components/TimeText.tsx';
import { AgentFacts } from './AgentFacts.tsx';
import { ContactChain } from './ContactChain.tsx';
import { ContactRecordings } from './ContactRecordings.tsx';
import { DurationText } from './contact-list.tsx';
import { channelText, methodText, queueText, reasonText, subtypeText } from './contact-words.ts';
import { EditTagsModal } from './EditTagsModal.tsx';

const none = '–';

export function ContactView({ details }: { readonly details: ContactDetails }) {
  const { Contact: contact, Attributes: attributes, Chain: chain, Recordings: recordings } = details;
  usePageName(contact.Id);
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={<span className="identifier">{contact.Id}</span>}>
        Contact details
      </Header>
      <ContactFacts contact={contact} />
      <AgentFacts contact={contact} />
      {contact.Queue && <QueueFacts contact={contact} />}
      {chain.length > 1 && <ContactChain chain={chain} contactId={contact.Id} />}
      <ContactRecordings contactId={contact.Id} recordings={recordings} />
      <Attributes attributes={attributes} />
      <Tags contact={contact} />
    </SpaceBetween>
  );
}

function ContactFacts({ contact }: { readonly contact: ContactRow }) {
  const { InitiationTimestamp: start, DisconnectTimestamp: end } = contact;
  return (
    <Container header={<Header variant="h2">Contact summary</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Channel', value: channelText(contact) },
          { label: 'Subtype', value: subtypeText(contact) },
          { label: 'Initiation method', value: methodText(contact) },
          { label: 'Disconnect reason', value: reasonText(contact) },
          { label: 'Initiated', value: <TimeText seconds={start} /> },
          { label: 'Connected to system', value: <TimeText seconds={contact.ConnectedToSystemTimestamp} /> },
          { label: 'Disconnected', value: <TimeText seconds={end} /> },
          { label: 'Contact duration', value: <DurationText seconds={end === undefined ? undefined : end - start} /> },
          { label: 'Customer phone number or email', value: contact.CustomerEndpoint ?? none },
          { label: 'System phone number', value: contact.SystemEndpoint ?? none },
          ...(contact.TransferredToEndpoint === undefined
            ? []
            : [{ label: 'Transferred to', value: contact.TransferredToEndpoint }]),
          ...(contact.TransferCompletedTimestamp === undefined
            ? []
            : [{ label: 'Transfer completed', value: <TimeText seconds={contact.TransferCompletedTimestamp} /> }]),
          ...(contact.ScheduledTimestamp === undefined
            ? []
            : [{ label: 'Scheduled', value: <TimeText seconds={contact.ScheduledTimestamp} /> }]),
          ...(contact.Name === undefined ? [] : [{ label: 'Name', value: contact.Name }]),
          { label: 'Last updated', value: <TimeText seconds={contact.LastUpdateTimestamp} /> },
        ]}
      />
    </Container>
  );
}

function QueueFacts({ contact }: { readonly contact: ContactRow }) {
  return (
    <Container header={<Header variant="h2">Queue</Header>}>
      <KeyValuePairs
        columns={4}
        items={[
          { label: 'Queue', value: queueText(contact) },
          { label: 'Enqueued', value: <TimeText seconds={contact.EnqueueTimestamp} /> },
          { label: 'Dequeued', value: <TimeText seconds={contact.DequeueTimestamp} /> },
          { label: 'Time in queue', value: <DurationText seconds={contact.QueueDuration} /> },
        ]}
      />
    </Container>
  );
}

/** Undefined: the signed-in user may not see them. */
function Attributes({ attributes }: { readonly attributes: Readonly<Record<string, string>> | undefined }) {
  const refusal = useRefusal()('ContactAttributes.View');
  return (
    <Container header={<Header variant="h2">Contact attributes</Header>}>
      {attributes === undefined ? refusal : <Pairs pairs={attributes} empty="This contact has no attributes." />}
    </Container>
  );
}

function Tags({ contact }: { readonly contact: ContactRow }) {
  const may = useMay()('Contacts.Tag.Edit');
  const refusal = useRefusal()('Contacts.Tag.Edit');
  const [editing, setEditing] = useState(false);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button ariaLabel="Edit tags" disabled={!may} disabledReason={refusal} onClick={() => setEditing(true)}>
              Edit
            </Button>
          }
        >
          Tags
        </Header>
      }
    >
      <Pairs pairs={contact.Tags} empty="This contact has no tags." />
      {editing && <EditTagsModal contact={contact} onClose={() => setEditing(false)} />}
    </Container>
  );
}

function Pairs({ pairs, empty }: { readonly pairs: Readonly<Record<string, string>>; readonly empty: string }) {
  const entries = Object.entries(pairs);
  if (entries.length === 0) return empty;
  return <KeyValuePairs columns={4} items={entries.map(([label, value]) => ({ label, value: value || none }))} />;
}
