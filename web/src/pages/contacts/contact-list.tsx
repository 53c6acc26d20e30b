import Box from '@cloudscape-design/components/box';
import Icon from '@cloudscape-design/components/icon';
import { searchContactDetails } from '../../api/contacts.ts';
import type { ContactRow } from '../../api/types.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import {
  columnWidths,
  type ListColumn,
  type ListDeclaration,
  type ResourceListState,
} from '../../components/use-resource-list.ts';
import { agentName, formatDuration, withinSentence } from '../../components/words.ts';
import { AgentLogin } from './AgentLogin.tsx';
import { type ContactFilters, type ContactSort, contactListShape, recordedKinds } from './contact-list-state.ts';
import { isContactFiltered, isContactId, isEndless, toContactsRequest, toPage } from './contact-request.ts';
import {
  channelText,
  isTransferredOut,
  methodText,
  namedText,
  pathText,
  queueText,
  reasonText,
  subtypeText,
  tagsText,
} from './contact-words.ts';

/** Its id is that of DownloadContacts. */
type Column = ListColumn<ContactRow, ContactSort>;

const time = (id: keyof ContactRow & `${string}Timestamp`, header: string, more: Partial<Column> = {}): Column => ({
  id,
  header,
  width: columnWidths.time,
  cell: (contact) => <TimeText seconds={contact[id]} />,
  ...more,
});
const additional = (id: string, header: string, width: number, cell: Column['cell']): Column => ({
  id,
  header,
  width,
  cell,
  shown: 'not',
});
const duration = (id: keyof ContactRow & `${string}Duration`, header: string): Column =>
  additional(id, header, 150, (contact) => <DurationText seconds={contact[id]} />);

export function DurationText({ seconds }: { readonly seconds: number | undefined }) {
  return seconds === undefined ? <>–</> : <span className="numbers">{formatDuration(seconds)}</span>;
}

/** Connect's, with agent and queue before the numbers, then what it calls additional fields. */
const columns: readonly Column[] = [
  {
    id: 'ContactId',
    header: 'Contact ID',
    width: columnWidths.id,
    shown: 'always',
    cell: (contact) => <ContactLink contact={contact} />,
  },
  { id: 'Channel', header: 'Channel', sort: 'CHANNEL', width: 120, cell: channelText },
  time('InitiationTimestamp', 'Initiation timestamp', { sort: 'INITIATION_TIMESTAMP' }),
  { id: 'Agent', header: 'Agent', width: 210, cell: ({ Agent }) => <AgentLogin agent={Agent} /> },
  { id: 'Queue', header: 'Queue', width: 150, cell: queueText },
  {
    id: 'SystemEndpoint',
    header: 'System phone number',
    width: 175,
    cell: ({ SystemEndpoint }) => SystemEndpoint ?? '–',
  },
  { id: 'Recorded', header: 'Recording', width: 130, cell: ({ Recorded }) => <RecordedIcons recorded={Recorded} /> },
  {
    id: 'CustomerEndpoint',
    header: 'Customer phone number or email',
    width: 260,
    cell: ({ CustomerEndpoint }) => CustomerEndpoint ?? '–',
  },
  time('DisconnectTimestamp', 'Disconnect timestamp', { sort: 'DISCONNECT_TIMESTAMP' }),
  additional('AgentName', 'Agent name', 180, ({ Agent }) => (Agent && agentName(Agent)) || '–'),
  additional('RoutingProfile', 'Routing profile', 200, ({ Agent }) => namedText(Agent?.RoutingProfile)),
  additional('AgentHierarchy', 'Agent hierarchy', 240, ({ Agent }) => pathText(Agent?.HierarchyPath ?? [])),
  { ...additional('InitiationMethod', 'Initiation method', 170, methodText), sort: 'INITIATION_METHOD' },
  additional('Subtype', 'Subtype', 130, subtypeText),
  additional('DisconnectReason', 'Disconnect reason', 190, reasonText),
  time('ConnectedToAgentTimestamp', 'Connected to agent', { sort: 'CONNECTED_TO_AGENT_TIMESTAMP', shown: 'not' }),
  time('ScheduledTimestamp', 'Scheduled timestamp', { sort: 'SCHEDULED_TIMESTAMP', shown: 'not' }),
  time('EnqueueTimestamp', 'Enqueue timestamp', { shown: 'not' }),
  duration('QueueDuration', 'Queue duration'),
  duration('AgentInteractionDuration', 'Agent interaction'),
  duration('CustomerHoldDuration', 'Customer hold'),
  duration('AfterContactWorkDuration', 'After contact work'),
  additional('NumberOfHolds', 'Number of holds', 150, ({ NumberOfHolds }) => NumberOfHolds ?? '–'),
  additional('TransferredOut', 'Is transferred out', 160, (contact) => (isTransferredOut(contact) ? 'Yes' : 'No')),
  additional('Name', 'Name', 200, ({ Name }) => Name ?? '–'),
  additional('Tags', 'Tags', 220, ({ Tags }) => tagsText(Tags)),
  additional(
    'InitialContactId',
    'Initial contact ID',
    columnWidths.id,
    ({ InitialContactId }) => InitialContactId ?? '–',
  ),
  additional(
    'PreviousContactId',
    'Previous contact ID',
    columnWidths.id,
    ({ PreviousContactId }) => PreviousContactId ?? '–',
  ),
  additional('NextContactId', 'Next contact ID', columnWidths.id, ({ NextContactId }) => NextContactId ?? '–'),
];

const recordedIcons = { RECORDING: 'audio-full', TRANSCRIPT: 'file' } as const;

function RecordedIcons({ recorded }: { readonly recorded: ContactRow['Recorded'] }) {
  if (recorded.length === 0) return <>–</>;
  return recorded.map((kind) => (
    <span key={kind}>
      <Icon name={recordedIcons[kind]} ariaLabel={recordedKinds[kind]} />{' '}
    </span>
  ));
}

export function ContactLink({ contact }: { readonly contact: Pick<ContactRow, 'Id'> }) {
  return (
    <span title={contact.Id}>
      <RouterLink to={{ to: '/contact-search/$contactId', params: { contactId: contact.Id } }}>{contact.Id}</RouterLink>
    </span>
  );
}

/** Contact search. */
export const contactList: ListDeclaration<ContactRow, ContactSort, ContactFilters> = {
  key: 'contacts',
  one: 'contact',
  many: 'contacts',
  shape: contactListShape,
  idOf: (contact) => contact.Id,
  nameOf: (contact) => contact.Id,
  columns,
  card: (contact) => (
    <>
      <ContactLink contact={contact} />
      <div>
        {channelText(contact)}, {withinSentence(methodText(contact))},{' '}
        <TimeText seconds={contact.InitiationTimestamp} />
      </div>
      <div>
        <AgentLogin agent={contact.Agent} />
      </div>
      <Box color="text-body-secondary" fontSize="body-s">
        {[queueText(contact), contact.CustomerEndpoint].filter((text) => text && text !== '–').join(' · ')}
      </Box>
    </>
  ),
  queryKey: ['contacts'],
  load: async (state, { signal }) => {
    if (state.q.trim() !== '' && !isContactId(state.q)) return { rows: [], total: 0 };
    const request = { ...toContactsRequest(state, new Date()), ...toPage(state) };
    const { Contacts, TotalCount } = await searchContactDetails(request, signal);
    return { rows: Contacts, total: TotalCount, endless: isEndless(TotalCount) };
  },
  isFiltered: isContactFiltered,
};

export type ContactListState = ResourceListState<ContactRow, ContactSort, ContactFilters>;
