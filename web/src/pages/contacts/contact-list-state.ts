import type { InputTo } from '../../api/operations.ts';
import { channels } from '../../components/channels.ts';
import {
  choiceFilter,
  type FilterOf,
  idsFilter,
  type ListState,
  listSearch,
  textFilter,
} from '../../components/list-state.ts';
import { momentsOf, rangeFilter } from '../../components/time-range.ts';

type ContactsRequest = InputTo<'DownloadContacts'>;
type Criteria = NonNullable<ContactsRequest['SearchCriteria']>;

/** Which time of a contact lies in the range. */
export const timeTypes = {
  INITIATION_TIMESTAMP: 'Initiated',
  CONNECTED_TO_AGENT_TIMESTAMP: 'Connected to agent',
  DISCONNECT_TIMESTAMP: 'Disconnected',
  SCHEDULED_TIMESTAMP: 'Scheduled',
} as const;

export const initiationMethods = {
  INBOUND: 'Inbound',
  OUTBOUND: 'Outbound',
  TRANSFER: 'Transfer',
  QUEUE_TRANSFER: 'Queue transfer',
  CALLBACK: 'Callback',
  API: 'API',
  DISCONNECT: 'Disconnect',
  MONITOR: 'Monitor',
  EXTERNAL_OUTBOUND: 'External outbound',
  WEBRTC_API: 'WebRTC API',
  AGENT_REPLY: 'Agent reply',
  FLOW: 'Flow',
} as const;

const sorts = [
  'INITIATION_TIMESTAMP',
  'CONNECTED_TO_AGENT_TIMESTAMP',
  'DISCONNECT_TIMESTAMP',
  'SCHEDULED_TIMESTAMP',
  'CHANNEL',
  'INITIATION_METHOD',
] as const;

/** SearchContacts takes 8 weeks. */
export const longestHours = 56 * 24;
/** The page ends where the server's count does. */
const mostShown = 10_000;
export const mostDownloaded = 3000;
export const mostAgents = 100;
const usualRange = { kind: 'LAST', amount: 7, unit: 'day' } as const;

/** What the address of Contact search says. */
export const contactListShape = {
  sizes: [25, 50, 100],
  sorts,
  descends: true,
  filters: {
    /** A contact's id. */
    q: textFilter('q', 36),
    type: choiceFilter('time', timeTypes),
    range: rangeFilter('range', usualRange, longestHours),
    agentIds: idsFilter('agents', mostAgents),
    queueId: textFilter('queue', 36),
    hierarchyGroupId: textFilter('hg', 36),
    routingProfileId: textFilter('rp', 36),
    channel: choiceFilter('channel', channels),
    method: choiceFilter('method', initiationMethods),
    /** How a phone number or an e-mail address begins. */
    address: textFilter('address', 256),
    /** `Key=value; Key`. */
    attributes: textFilter('attributes', 1000),
    tags: textFilter('tags', 1000),
  },
} as const;

export type ContactSort = (typeof sorts)[number];
export type ContactFilters = typeof contactListShape.filters;
export type ContactListAddress = ListState<ContactSort, ContactFilters>;
export const contactSearch = listSearch(contactListShape);

/** The time range and its type do not make a search narrower than the page is anyhow. */
export function isContactFiltered({ type: _, range: __, ...filter }: FilterOf<ContactFilters>): boolean {
  return Object.values(filter).some((value) => value !== null && value.length > 0);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isContactId = (text: string): boolean => uuid.test(text.trim());

/** `Language=de; Tier`: each a key with its value, or with any. */
export function readPairs(text: string): { key: string; value: string | null }[] {
  return text.split(';').flatMap((part) => {
    const [key = '', ...value] = part.split('=');
    return key.trim() === '' ? [] : [{ key: key.trim(), value: value.length > 0 ? value.join('=').trim() : null }];
  });
}

export function toContactsRequest(state: ContactListAddress, now: Date): ContactsRequest {
  const { start, end } = momentsOf(state.range, now);
  const group = [state.hierarchyGroupId];
  const attributes = readPairs(state.attributes);
  const tags = readPairs(state.tags).map(({ key, value }) => ({
    TagKey: key,
    ...(value !== null && { TagValue: value }),
  }));
  const criteria: Criteria = {
    ...(state.agentIds.length > 0 && { AgentIds: [...state.agentIds] }),
    ...(state.queueId && { QueueIds: [state.queueId] }),
    // Whatever its level is: it stands at one of them.
    ...(state.hierarchyGroupId && {
      AgentHierarchyGroups: { L1Ids: group, L2Ids: group, L3Ids: group, L4Ids: group, L5Ids: group },
    }),
    ...(state.channel && { Channels: [state.channel] }),
    ...(state.method && { InitiationMethods: [state.method] }),
    ...(attributes.length > 0 && {
      SearchableContactAttributes: {
        Criteria: attributes.map(({ key, value }) => ({ Key: key, Values: value === null ? [] : [value] })),
        MatchType: 'MATCH_ALL',
      },
    }),
    ...(tags.length > 0 && { ContactTags: { AndConditions: tags } }),
  };
  return {
    TimeRange: {
      Type: state.type ?? 'INITIATION_TIMESTAMP',
      StartTime: start.getTime() / 1000,
      EndTime: end.getTime() / 1000,
    },
    ...(Object.keys(criteria).length > 0 && { SearchCriteria: criteria }),
    Sort: { FieldName: state.sort, Order: state.descending ? 'DESCENDING' : 'ASCENDING' },
    ...(isContactId(state.q) && { ContactId: state.q.trim() }),
    ...(state.routingProfileId && { RoutingProfileIds: [state.routingProfileId] }),
    ...(state.address.trim() !== '' && { Endpoint: state.address.trim() }),
  };
}

/** The page as SearchContactDetails takes it; none lies behind what is counted. */
export function toPage({ page, size }: Pick<ContactListAddress, 'page' | 'size'>) {
  const StartIndex = Math.min((page - 1) * size, mostShown - size);
  return { StartIndex, MaxResults: size };
}

export const isEndless = (total: number): boolean => total >= mostShown;
