import { channels } from '../../components/channels.ts';
import { choiceFilter, idsFilter, type ListState, listSearch, textFilter } from '../../components/list-state.ts';
import { rangeFilter } from '../../components/time-range.ts';

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

/** What is here of a contact to listen to, or to read. */
export const recordedKinds = { RECORDING: 'Recording', TRANSCRIPT: 'Transcript' } as const;

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
export const mostAgents = 100;
export const mostGroups = 10;
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
    queueIds: idsFilter('queue', 100),
    /** Of each level SearchContacts takes so many. */
    hierarchyGroupIds: idsFilter('hg', mostGroups),
    routingProfileIds: idsFilter('rp', 100),
    channel: choiceFilter('channel', channels),
    method: choiceFilter('method', initiationMethods),
    recorded: choiceFilter('recorded', recordedKinds),
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
