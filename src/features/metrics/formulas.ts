import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { andAll } from '../../operations/search.ts';
import type { AskedMetric, MetricFilter } from './asked.ts';
import type { MetricName } from './definitions.ts';
import { customerAbandonsOf, emptySum, notAnswered, occupancyFactor } from './doubts.ts';

/*
 * What a metric is made of, over rows under the alias c: sums and counts that can be added up further, so that a total is
 * computed of the facts and never of averages.
 */

/** Which rows, and by which time they belong to an interval. */
export type SourceName = 'ENDED' | 'ENQUEUED' | 'CONNECTED' | 'ACTIVITY' | 'OFFERS';

export interface Part {
  readonly kind: 'sum' | 'max';
  /** Whole numbers: however they are added up, the sum is the same. */
  readonly value: RawBuilder<number | null>;
  readonly where: RawBuilder<SqlBool>;
}

export interface Formula {
  readonly source: SourceName;
  readonly parts: readonly Part[];
  /** Of the parts, in their order. */
  readonly value: (parts: readonly (number | null)[]) => number | null;
}

const has = (column: string) => sql<SqlBool>`c.${sql.ref(column)} is not null`;
const number = (text: string) => sql.raw(text) as RawBuilder<number | null>;

const everything = andAll([]);
const connected = has('connected_to_agent_time');
const queued = has('enqueue_time');
const transferred = has('transfer_completed_time');
const never = sql<SqlBool>`c.connected_to_agent_time is null`;
const abandoned = sql<SqlBool>`c.enqueue_time is not null and ${never} and c.next_contact_id is null
  and c.transfer_completed_time is null`;
/** Whoever has left the queue before the end, for a callback or another flow, did not end in it. */
const endedInQueue = sql<SqlBool>`c.enqueue_time is not null and ${never} and c.transfer_completed_time is null
  and (c.dequeue_time is null or c.dequeue_time >= c.disconnect_time)`;

const one = number('1');
const queueTime = number('c.queue_duration');
const interaction = number('c.agent_interaction_duration');
const hold = number('c.customer_hold_duration');
const afterContactWork = number(
  'coalesce(c.after_contact_work_duration, case when c.connected_to_agent_time is not null then 0 end)',
);

/** Null if all of them are. */
const together = (...columns: string[]) =>
  number(
    `case when coalesce(${columns.map((column) => `c.${column}`).join(', ')}) is not null then ` +
      `${columns.map((column) => `coalesce(c.${column}, 0)`).join(' + ')} end`,
  );
const handle = together(
  'agent_interaction_duration',
  'customer_hold_duration',
  'after_contact_work_duration',
  'agent_pause_duration',
);
const interactionAndHold = together('agent_interaction_duration', 'customer_hold_duration');
const active = number(
  `nullif(${['agent_interaction_duration', 'customer_hold_duration', 'after_contact_work_duration']
    .map((column) => `greatest(coalesce(c.${column}, 0), 0)`)
    .join(' + ')}, 0)`,
);
/** In milliseconds. */
const between = (from: string, to: string) =>
  number(`cast(round(extract(epoch from (${to} - ${from})) * 1000) as bigint)`);
const flowTime = number(
  'greatest(0, cast(round(extract(epoch from (coalesce(c.enqueue_time, c.transfer_completed_time, c.disconnect_time)' +
    ' - c.connected_to_system_time)) * 1000) as bigint))',
);

const sumOf = (value: RawBuilder<number | null>, where: RawBuilder<SqlBool>): Part => ({ kind: 'sum', value, where });
const countOf = (where: RawBuilder<SqlBool>) => sumOf(one, where);

const sum = (
  source: SourceName,
  value: RawBuilder<number | null>,
  where: RawBuilder<SqlBool>,
  divisor = 1,
): Formula => ({
  source,
  parts: [sumOf(value, where)],
  value: ([total]) => (typeof total === 'number' ? total / divisor : emptySum),
});
const count = (source: SourceName, where: RawBuilder<SqlBool>) => sum(source, one, where);

/** Null without a base. */
const ratio = (source: SourceName, above: Part, below: Part, factor = 1): Formula => ({
  source,
  parts: [above, below],
  value: ([a, b]) => (b ? ((a ?? 0) / b) * factor : null),
});
const average = (source: SourceName, value: RawBuilder<number | null>, where: RawBuilder<SqlBool>, divisor = 1) =>
  ratio(source, sumOf(value, where), countOf(andAll([where, sql<SqlBool>`${value} is not null`])), 1 / divisor);

const attempt = sql<SqlBool>`c.initiation_method <> 'OUTBOUND'`;
const missed = sql<SqlBool>`c.outcome = any(${[...notAnswered]}::text[])`;
const voice = sql<SqlBool>`c.channel = ${customerAbandonsOf}`;

/** `where` adds the metric's own filters to a condition; `within` says that the time in the queue is below the threshold. */
type Make = (where: (condition: RawBuilder<SqlBool>) => RawBuilder<SqlBool>, within: RawBuilder<SqlBool>) => Formula;

const contactSum =
  (value: RawBuilder<number | null>, condition: RawBuilder<SqlBool>): Make =>
  (where) =>
    sum('ENDED', value, where(condition));
const contactCount =
  (condition: RawBuilder<SqlBool>, source: SourceName = 'ENDED'): Make =>
  (where) =>
    count(source, where(condition));
const contactAverage =
  (value: RawBuilder<number | null>, condition: RawBuilder<SqlBool>, divisor = 1): Make =>
  (where) =>
    average('ENDED', value, where(condition), divisor);
const agentTime =
  (column: string): Make =>
  (where) =>
    sum('ACTIVITY', number(`c.${column}`), where(everything), 1000);

const formulas = {
  AGENT_ANSWER_RATE: (where) =>
    ratio('OFFERS', countOf(where(andAll([attempt, sql`c.outcome = 'ACCEPTED'`]))), countOf(where(attempt)), 100),
  AGENT_NON_RESPONSE: (where) => count('OFFERS', where(andAll([attempt, missed]))),
  AGENT_NON_RESPONSE_WITHOUT_CUSTOMER_ABANDONS: (where) => ({
    source: 'OFFERS',
    parts: [
      countOf(where(andAll([attempt, voice, missed, sql`c.outcome <> 'CUSTOMER_LEFT'`]))),
      countOf(where(andAll([attempt, voice]))),
      countOf(where(attempt)),
    ],
    value: ([left, calls, all]) => (calls ? (left ?? 0) : all ? null : emptySum),
  }),
  SUM_CONNECTING_TIME_AGENT: (where) => sum('OFFERS', number('c.connecting_ms'), where(everything), 1000),
  AVG_AGENT_CONNECTING_TIME: (where) => average('OFFERS', number('c.connecting_ms'), where(everything), 1000),
  AGENT_OCCUPANCY: (where) =>
    ratio(
      'ACTIVITY',
      sumOf(number('c.contact_ms'), where(everything)),
      sumOf(number('c.contact_ms + c.idle_ms'), where(everything)),
      occupancyFactor,
    ),
  SUM_ONLINE_TIME_AGENT: agentTime('online_ms'),
  SUM_IDLE_TIME_AGENT: agentTime('idle_ms'),
  SUM_CONTACT_TIME_AGENT: agentTime('contact_ms'),
  SUM_NON_PRODUCTIVE_TIME_AGENT: agentTime('non_productive_ms'),
  SUM_ERROR_STATUS_TIME_AGENT: agentTime('error_ms'),
  CONTACTS_CREATED: contactCount(everything),
  CONTACTS_HANDLED: contactCount(connected),
  CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT: contactCount(connected, 'CONNECTED'),
  CONTACTS_QUEUED: contactCount(queued),
  CONTACTS_QUEUED_BY_ENQUEUE: contactCount(queued, 'ENQUEUED'),
  CONTACTS_ABANDONED: contactCount(abandoned),
  ABANDONMENT_RATE: (where) => ratio('ENDED', countOf(where(abandoned)), countOf(where(queued)), 100),
  CONTACTS_TRANSFERRED_OUT: contactCount(transferred),
  CONTACTS_TRANSFERRED_OUT_BY_AGENT: contactCount(andAll([transferred, connected])),
  CONTACTS_TRANSFERRED_OUT_FROM_QUEUE: contactCount(andAll([transferred, queued, never])),
  // Connect does not say what is external: what went to an endpoint is taken for it.
  CONTACTS_TRANSFERRED_OUT_INTERNAL: contactCount(andAll([transferred, sql`c.transferred_to_endpoint is null`])),
  CONTACTS_TRANSFERRED_OUT_EXTERNAL: contactCount(andAll([transferred, has('transferred_to_endpoint')])),
  CONTACTS_PUT_ON_HOLD: contactCount(sql`c.number_of_holds > 0`),
  SUM_HANDLE_TIME: contactSum(handle, everything),
  AVG_HANDLE_TIME: contactAverage(handle, everything),
  SUM_AFTER_CONTACT_WORK_TIME: contactSum(afterContactWork, everything),
  AVG_AFTER_CONTACT_WORK_TIME: contactAverage(afterContactWork, everything),
  SUM_INTERACTION_TIME: contactSum(interaction, connected),
  AVG_INTERACTION_TIME: contactAverage(interaction, connected),
  SUM_INTERACTION_AND_HOLD_TIME: contactSum(interactionAndHold, everything),
  AVG_INTERACTION_AND_HOLD_TIME: contactAverage(interactionAndHold, everything),
  SUM_HOLD_TIME: contactSum(hold, connected),
  AVG_HOLD_TIME: contactAverage(hold, sql`c.number_of_holds > 0`),
  AVG_HOLD_TIME_ALL_CONTACTS: contactAverage(number('coalesce(c.customer_hold_duration, 0)'), connected),
  AVG_HOLDS: contactAverage(number('coalesce(c.number_of_holds, 0)'), connected),
  AVG_QUEUE_ANSWER_TIME: contactAverage(queueTime, andAll([connected, queued])),
  MAX_QUEUED_TIME: (where) => ({
    source: 'ENDED',
    parts: [{ kind: 'max', value: queueTime, where: where(queued) }],
    value: ([longest]) => longest ?? null,
  }),
  AVG_ABANDON_TIME: contactAverage(queueTime, abandoned),
  SERVICE_LEVEL: (where, within) =>
    ratio('ENDED', countOf(where(andAll([queued, within]))), countOf(where(queued)), 100),
  SUM_CONTACTS_ANSWERED_IN_X: (where, within) => count('ENDED', where(andAll([queued, connected, within]))),
  SUM_CONTACTS_ABANDONED_IN_X: (where, within) => count('ENDED', where(andAll([abandoned, within]))),
  CONTACTS_REMOVED_FROM_QUEUE_IN_X: (where, within) => count('ENDED', where(andAll([queued, within]))),
  SUM_CONTACTS_DISCONNECTED: contactCount(endedInQueue),
  AVG_CONTACT_DURATION: contactAverage(between('c.initiation_time', 'c.disconnect_time'), everything, 1000),
  SUM_CONTACT_FLOW_TIME: (where) =>
    sum('ENDED', flowTime, where(sql`c.initiation_method in ('INBOUND', 'TRANSFER', 'QUEUE_TRANSFER', 'API')`), 1000),
  AVG_AGENT_PAUSE_TIME: contactAverage(number('c.agent_pause_duration'), sql`c.agent_pause_duration > 0`),
  AVG_ACTIVE_TIME: contactAverage(active, everything),
  AVG_RESOLUTION_TIME: contactAverage(
    between('c.initiation_time', 'greatest(c.after_contact_work_end_time, c.disconnect_time)'),
    everything,
    1000,
  ),
} as const satisfies Readonly<Record<MetricName, Make>>;

const columnOf = { INITIATION_METHOD: 'initiation_method', DISCONNECT_REASON: 'disconnect_reason' } as const;

function filterCondition({ key, values, negated }: MetricFilter): RawBuilder<SqlBool> {
  const among = sql<SqlBool>`coalesce(c.${sql.ref(columnOf[key])} = any(${values}::text[]), false)`;
  return negated ? sql<SqlBool>`not ${among}` : among;
}

export function formulaOf({ name, threshold, filters }: AskedMetric): Formula {
  const within = threshold
    ? sql<SqlBool>`c.queue_duration ${sql.raw(threshold.comparison === 'LT' ? '<' : '<=')} ${threshold.seconds}::int`
    : everything;
  const make: Make = formulas[name];
  return make((condition) => andAll([condition, ...filters.map(filterCondition)]), within);
}
