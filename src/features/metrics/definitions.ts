/**
 * Every metric that is offered: its words, its unit, where it comes from and what it can be grouped and filtered by. Names,
 * titles, units and groupings are Amazon Connect's (API Reference, GetMetricDataV2; Admin guide, "Metric definitions"), the
 * meanings are in our own words. Pure, so that the website may take it as it is (web/src/api/metrics.ts).
 */

export const agentLevels = [
  'AGENT_HIERARCHY_LEVEL_ONE',
  'AGENT_HIERARCHY_LEVEL_TWO',
  'AGENT_HIERARCHY_LEVEL_THREE',
  'AGENT_HIERARCHY_LEVEL_FOUR',
  'AGENT_HIERARCHY_LEVEL_FIVE',
] as const;

/** What reports are grouped and filtered by. GetMetricDataV2 knows all of them but PHONE_NUMBER. */
export const groupingKeys = ['AGENT', 'QUEUE', 'CHANNEL', 'ROUTING_PROFILE', ...agentLevels, 'PHONE_NUMBER'] as const;
export type GroupingKey = (typeof groupingKeys)[number];

export type MetricFilterKey = 'INITIATION_METHOD' | 'DISCONNECT_REASON';

/** RATIO: of 1, as GetMetricDataV2 answers occupancy. */
export type MetricUnit = 'COUNT' | 'SECONDS' | 'PERCENT' | 'RATIO';

export interface MetricDefinition {
  /** As on Connect's page. */
  readonly title: string;
  readonly unit: MetricUnit;
  readonly meaning: string;
  /** Contact records, time in statuses, or offers of contacts to agents. */
  readonly source: 'CONTACTS' | 'ACTIVITY' | 'OFFERS';
  /** Also what a filter may be of: what cannot be told by queue cannot be told for one queue. */
  readonly groupings: readonly GroupingKey[];
  readonly filterKeys: readonly MetricFilterKey[];
  /** Whether it is asked for with a Threshold, in seconds. */
  readonly threshold?: true;
}

const agents = ['AGENT', ...agentLevels] as const;
const ofAll: readonly GroupingKey[] = groupingKeys;
const ofQueues = ['QUEUE', 'CHANNEL', 'ROUTING_PROFILE', 'PHONE_NUMBER'] as const;
const notOfProfiles: readonly GroupingKey[] = groupingKeys.filter((key) => key !== 'ROUTING_PROFILE');
const ofAgents = ['ROUTING_PROFILE', ...agents] as const;
const ofOffers: readonly GroupingKey[] = groupingKeys.filter((key) => key !== 'PHONE_NUMBER');

const method = ['INITIATION_METHOD'] as const;

type Rest = Partial<Pick<MetricDefinition, 'groupings' | 'filterKeys' | 'threshold'>>;
const of =
  (source: MetricDefinition['source'], groupings: readonly GroupingKey[]) =>
  (title: string, unit: MetricUnit, meaning: string, rest: Rest = {}): MetricDefinition => ({
    title,
    unit,
    meaning,
    source,
    groupings,
    filterKeys: [],
    ...rest,
  });
const contacts = of('CONTACTS', ofAll);
const activity = of('ACTIVITY', ofAgents);
const offers = of('OFFERS', ofOffers);

export const metricDefinitions = {
  AGENT_ANSWER_RATE: offers(
    'Agent answer rate',
    'PERCENT',
    'Of the contacts that were offered to agents, the share that they accepted. Outbound calls are no offers.',
  ),
  AGENT_NON_RESPONSE: offers(
    'Agent non-response',
    'COUNT',
    'How often contacts were offered to agents and not accepted, also when the customer left first. One contact may count several times.',
  ),
  AGENT_NON_RESPONSE_WITHOUT_CUSTOMER_ABANDONS: offers(
    'Agent non-response without customer abandons',
    'COUNT',
    'How often calls were offered to agents and not accepted, less those that the customer left while they were offered.',
  ),
  SUM_CONNECTING_TIME_AGENT: offers(
    'Agent connecting time',
    'SECONDS',
    'From the moment a contact was reserved for an agent until they were connected, or were not.',
    { filterKeys: method },
  ),
  AVG_AGENT_CONNECTING_TIME: offers(
    'Average agent connecting time',
    'SECONDS',
    'From the moment a contact was reserved for an agent until they were connected, or were not; on average.',
    { filterKeys: method },
  ),
  AGENT_OCCUPANCY: activity(
    'Occupancy',
    'RATIO',
    'Of the time in which agents were available, the share in which they were on a contact.',
  ),
  SUM_ONLINE_TIME_AGENT: activity('Online time', 'SECONDS', 'Time in any status but Offline.'),
  SUM_IDLE_TIME_AGENT: activity(
    'Agent idle time',
    'SECONDS',
    'Time in a status for taking contacts without one, with the ringing and with what went wrong.',
  ),
  SUM_CONTACT_TIME_AGENT: activity(
    'Agent on contact time',
    'SECONDS',
    'Time with a contact, with holds and after contact work, in a status for taking contacts.',
  ),
  SUM_NON_PRODUCTIVE_TIME_AGENT: activity('Non-productive time', 'SECONDS', 'Time in a custom status.'),
  SUM_ERROR_STATUS_TIME_AGENT: activity(
    'Error status time',
    'SECONDS',
    'Time with a contact that was missed or went wrong.',
  ),
  CONTACTS_CREATED: contacts('Contacts created', 'COUNT', 'Contacts of every kind.', { filterKeys: method }),
  CONTACTS_HANDLED: contacts('Contacts handled', 'COUNT', 'Contacts that an agent was connected to.', {
    filterKeys: ['INITIATION_METHOD', 'DISCONNECT_REASON'],
  }),
  CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT: contacts(
    'Contacts handled (connected to agent timestamp)',
    'COUNT',
    'Contacts that an agent was connected to, at the time of the connection.',
    { groupings: notOfProfiles, filterKeys: method },
  ),
  CONTACTS_QUEUED: contacts('Contacts queued', 'COUNT', 'Contacts that were put into a queue.'),
  CONTACTS_QUEUED_BY_ENQUEUE: contacts(
    'Contacts queued (enqueue timestamp)',
    'COUNT',
    'Contacts that were put into a queue, at the time when they were.',
    { groupings: notOfProfiles },
  ),
  CONTACTS_ABANDONED: contacts(
    'Contacts abandoned',
    'COUNT',
    'Contacts that ended in a queue without an agent, less callbacks and those that were transferred out of it.',
    { filterKeys: method },
  ),
  ABANDONMENT_RATE: contacts('Abandonment rate', 'PERCENT', 'Of the contacts queued, the share that was abandoned.'),
  CONTACTS_TRANSFERRED_OUT: contacts(
    'Contacts transferred out',
    'COUNT',
    'Contacts that were passed on, from a queue or by an agent who did not stay until the next one answered.',
  ),
  CONTACTS_TRANSFERRED_OUT_BY_AGENT: contacts(
    'Contacts transferred out by agent',
    'COUNT',
    'Contacts transferred out that an agent was connected to.',
  ),
  CONTACTS_TRANSFERRED_OUT_FROM_QUEUE: contacts(
    'Contacts transferred out queue',
    'COUNT',
    'Contacts transferred out of a queue, before an agent was connected.',
  ),
  CONTACTS_TRANSFERRED_OUT_INTERNAL: contacts(
    'Contacts transferred out internal',
    'COUNT',
    'Contacts transferred out to somebody or a queue of the contact centre.',
  ),
  CONTACTS_TRANSFERRED_OUT_EXTERNAL: contacts(
    'Contacts transferred out external',
    'COUNT',
    'Contacts transferred out to a number outside of the contact centre.',
  ),
  CONTACTS_PUT_ON_HOLD: contacts('Contacts put on hold', 'COUNT', 'Contacts that were put on hold once at least.'),
  SUM_HANDLE_TIME: contacts(
    'Contact handle time',
    'SECONDS',
    'Interaction, customer hold, after contact work and agent pause together.',
  ),
  AVG_HANDLE_TIME: contacts(
    'Average handle time',
    'SECONDS',
    'Interaction, customer hold, after contact work and agent pause together; on average.',
  ),
  SUM_AFTER_CONTACT_WORK_TIME: contacts('After contact work time', 'SECONDS', 'Work for contacts after their end.'),
  AVG_AFTER_CONTACT_WORK_TIME: contacts(
    'Average after contact work time',
    'SECONDS',
    'Work for contacts after their end, on average over those that an agent was connected to.',
    { filterKeys: method },
  ),
  SUM_INTERACTION_TIME: contacts(
    'Agent interaction time',
    'SECONDS',
    'Time of agents with customers, without hold and after contact work.',
  ),
  AVG_INTERACTION_TIME: contacts(
    'Average agent interaction time',
    'SECONDS',
    'Time of agents with customers, without hold and after contact work; on average.',
    { filterKeys: method },
  ),
  SUM_INTERACTION_AND_HOLD_TIME: contacts(
    'Agent interaction and hold time',
    'SECONDS',
    'Interaction and customer hold together.',
  ),
  AVG_INTERACTION_AND_HOLD_TIME: contacts(
    'Average agent interaction and customer hold time',
    'SECONDS',
    'Interaction and customer hold together, on average.',
  ),
  SUM_HOLD_TIME: contacts('Customer hold time', 'SECONDS', 'Time in which customers were on hold.'),
  AVG_HOLD_TIME: contacts(
    'Average customer hold time',
    'SECONDS',
    'Time on hold, on average over the contacts that were put on hold.',
  ),
  AVG_HOLD_TIME_ALL_CONTACTS: contacts(
    'Average customer hold time all contacts',
    'SECONDS',
    'Time on hold, on average over all contacts that an agent was connected to.',
  ),
  AVG_HOLDS: contacts('Average holds', 'COUNT', 'How often a contact that an agent was connected to was put on hold.'),
  AVG_QUEUE_ANSWER_TIME: contacts(
    'Average queue answer time',
    'SECONDS',
    'Time in the queue of the contacts that an agent was connected to, on average.',
    { filterKeys: method },
  ),
  MAX_QUEUED_TIME: contacts(
    'Maximum queued time',
    'SECONDS',
    'The longest time of a contact in a queue, abandoned ones included.',
  ),
  AVG_ABANDON_TIME: contacts(
    'Average queue abandon time',
    'SECONDS',
    'Time in the queue of the contacts that were abandoned, on average.',
    { filterKeys: method },
  ),
  SERVICE_LEVEL: contacts(
    'Service level X',
    'PERCENT',
    'Of the contacts queued, the share that left the queue within X seconds in whatever way.',
    { groupings: ofQueues, threshold: true },
  ),
  SUM_CONTACTS_ANSWERED_IN_X: contacts(
    'Contacts answered in X seconds',
    'COUNT',
    'Contacts that an agent was connected to after less than X seconds in the queue.',
    { groupings: ofQueues, threshold: true },
  ),
  SUM_CONTACTS_ABANDONED_IN_X: contacts(
    'Contacts abandoned in X seconds',
    'COUNT',
    'Contacts abandoned after less than X seconds in the queue.',
    { groupings: ofQueues, threshold: true },
  ),
  CONTACTS_REMOVED_FROM_QUEUE_IN_X: contacts(
    'Contacts removed from queue in X seconds',
    'COUNT',
    'Contacts that left the queue after less than X seconds, in whatever way.',
    { groupings: ofQueues, threshold: true },
  ),
  SUM_CONTACTS_DISCONNECTED: contacts('Contacts disconnected', 'COUNT', 'Contacts that ended while in a queue.', {
    filterKeys: ['DISCONNECT_REASON'],
  }),
  AVG_CONTACT_DURATION: contacts(
    'Average contact duration',
    'SECONDS',
    'From the beginning of a contact to its end, on average.',
  ),
  SUM_CONTACT_FLOW_TIME: contacts(
    'Contact flow time',
    'SECONDS',
    'Time in flows, until the contact was queued, transferred or ended. Outbound calls and callbacks have none.',
  ),
  AVG_AGENT_PAUSE_TIME: contacts(
    'Average agent pause time',
    'SECONDS',
    'Time in which agents had paused a contact, on average over those that were paused.',
  ),
  AVG_ACTIVE_TIME: contacts(
    'Average active time',
    'SECONDS',
    'Interaction, customer hold and after contact work together, without pauses; on average.',
  ),
  AVG_RESOLUTION_TIME: contacts(
    'Average resolution time',
    'SECONDS',
    'From the beginning of a contact until it and the work after it were at an end, on average.',
    { groupings: ofQueues },
  ),
} as const satisfies Readonly<Record<string, MetricDefinition>>;

export type MetricName = keyof typeof metricDefinitions;

export const metricNames = Object.keys(metricDefinitions) as MetricName[];

/** The metric by its name, also the one that GetMetricDataV2 answers to beside the documented one; null for none. */
export function metricNamed(name: string): MetricName | null {
  const documented =
    name === 'CONTACTS_HANDLED_CONNECTED_TO_AGENT_TIME' ? 'CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT' : name;
  return Object.hasOwn(metricDefinitions, documented) ? (documented as MetricName) : null;
}

export const definitionOf = (name: MetricName): MetricDefinition => metricDefinitions[name];

/** Of these groupings and filters, those that the metric does not go with. */
export function notApplicable(name: MetricName, keys: readonly GroupingKey[]): readonly GroupingKey[] {
  return keys.filter((key) => !definitionOf(name).groupings.includes(key));
}

/** How many kinds of groupings a report has at most. */
export const mostGroupings = 5;
/** Rows times columns of a report; what is beyond is cut off. */
export const mostCells = 120_000;
