import { csvFile } from '../../operations/csv.ts';
import type { TypeOf } from '../../operations/shapes.ts';
import type { contactDetails } from './shown.ts';

type Shown = TypeOf<typeof contactDetails>;

/** As on Connect's page. */
export const mostInFile = 3000;

interface Column {
  /** By which a request asks for it. */
  readonly name: string;
  readonly header: string;
  readonly cell: (contact: Shown) => string | number | Date | undefined;
}

const nameOf = (named: { readonly Id: string; readonly Name?: string | undefined } | undefined) =>
  named && (named.Name ?? named.Id);

/** "Last, First", as Connect's reports write it. */
const fullName = ({ Agent: agent }: Shown) =>
  [agent?.LastName, agent?.FirstName].filter((part) => part !== undefined).join(', ');

/** What the page can show, in its order. */
export const contactColumns: readonly Column[] = [
  { name: 'ContactId', header: 'Contact ID', cell: ({ Id }) => Id },
  { name: 'Channel', header: 'Channel', cell: ({ Channel }) => Channel },
  { name: 'InitiationTimestamp', header: 'Initiation timestamp', cell: (one) => one.InitiationTimestamp },
  { name: 'SystemEndpoint', header: 'System phone number', cell: ({ SystemEndpoint }) => SystemEndpoint },
  { name: 'Queue', header: 'Queue', cell: ({ Queue }) => nameOf(Queue) },
  { name: 'Agent', header: 'Agent', cell: ({ Agent }) => Agent?.Username },
  { name: 'AgentDeleted', header: 'Agent deleted', cell: ({ Agent }) => Agent?.DeletedTime },
  {
    name: 'Recorded',
    header: 'Recording',
    cell: ({ Recorded }) => Recorded.map((kind) => (kind === 'RECORDING' ? 'Recording' : 'Transcript')).join(', '),
  },
  { name: 'CustomerEndpoint', header: 'Customer phone number or email', cell: (one) => one.CustomerEndpoint },
  { name: 'DisconnectTimestamp', header: 'Disconnect timestamp', cell: (one) => one.DisconnectTimestamp },
  { name: 'AgentName', header: 'Agent name', cell: fullName },
  { name: 'RoutingProfile', header: 'Routing profile', cell: ({ Agent }) => nameOf(Agent?.RoutingProfile) },
  {
    name: 'AgentHierarchy',
    header: 'Agent hierarchy',
    cell: ({ Agent }) => Agent?.HierarchyPath.map(nameOf).join(' / '),
  },
  { name: 'InitiationMethod', header: 'Initiation method', cell: (one) => one.InitiationMethod },
  { name: 'Subtype', header: 'Subtype', cell: ({ Subtype }) => Subtype },
  { name: 'DisconnectReason', header: 'Disconnect reason', cell: (one) => one.DisconnectReason },
  { name: 'ConnectedToAgentTimestamp', header: 'Connected to agent', cell: (one) => one.ConnectedToAgentTimestamp },
  { name: 'ScheduledTimestamp', header: 'Scheduled timestamp', cell: (one) => one.ScheduledTimestamp },
  { name: 'EnqueueTimestamp', header: 'Enqueue timestamp', cell: (one) => one.EnqueueTimestamp },
  { name: 'QueueDuration', header: 'Queue duration', cell: (one) => one.QueueDuration },
  { name: 'AgentInteractionDuration', header: 'Agent interaction', cell: (one) => one.AgentInteractionDuration },
  { name: 'CustomerHoldDuration', header: 'Customer hold', cell: (one) => one.CustomerHoldDuration },
  { name: 'AfterContactWorkDuration', header: 'After contact work', cell: (one) => one.AfterContactWorkDuration },
  { name: 'NumberOfHolds', header: 'Number of holds', cell: (one) => one.NumberOfHolds },
  { name: 'TransferredOut', header: 'Is transferred out', cell: (one) => (isTransferredOut(one) ? 'Yes' : 'No') },
  { name: 'Name', header: 'Name', cell: ({ Name }) => Name },
  {
    name: 'Tags',
    header: 'Tags',
    cell: ({ Tags }) =>
      Object.entries(Tags)
        .map(([key, value]) => `${key}:${value}`)
        .join('|'),
  },
  { name: 'InitialContactId', header: 'Initial contact ID', cell: (one) => one.InitialContactId },
  { name: 'PreviousContactId', header: 'Previous contact ID', cell: (one) => one.PreviousContactId },
  { name: 'NextContactId', header: 'Next contact ID', cell: (one) => one.NextContactId },
];

const isTransferredOut = ({ TransferCompletedTimestamp, TransferredToEndpoint }: Shown) =>
  TransferCompletedTimestamp !== undefined || TransferredToEndpoint !== undefined;

/** The first of the contacts that `page` goes through, with these columns. */
export function contactsFile(
  names: readonly string[] | undefined,
  page: (
    token: string | undefined,
    limit: number,
  ) => Promise<{ readonly contacts: readonly Shown[]; readonly nextToken: string | undefined }>,
): AsyncGenerator<string> {
  const columns = names
    ? [...new Set(names)].flatMap((name) => contactColumns.find((column) => column.name === name) ?? [])
    : contactColumns;
  return csvFile(
    columns.map(({ header }) => header),
    (contact: Shown) => columns.map(({ cell }) => textOf(cell(contact))),
    async (after: { readonly token: string; readonly shown: number } | null, limit) => {
      const { shown, token } = after ?? { shown: 0, token: undefined };
      const { contacts, nextToken } = await page(token, Math.min(limit, mostInFile - shown));
      const all = shown + contacts.length;
      return {
        items: contacts,
        last: nextToken !== undefined && all < mostInFile ? { token: nextToken, shown: all } : null,
      };
    },
  );
}

const textOf = (value: string | number | Date | undefined): string =>
  value instanceof Date ? value.toISOString() : String(value ?? '');
