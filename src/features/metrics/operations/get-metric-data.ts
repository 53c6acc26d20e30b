import { arnOf } from '../../../operations/arn.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { type Constraints, instanceId, items, length, range } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { encodeToken, positionIn } from '../../../operations/paging.ts';
import type { Asked, AskedMetric, Filter, MetricFilter } from '../asked.ts';
import { isActivity, requireApplicable } from '../asking.ts';
import type { MetricName } from '../definitions.ts';
import { occupancyFactor } from '../doubts.ts';
import { computeReport, isToBeShown, seesReports } from '../report.ts';

type Input = InputOf<'GetMetricData'>;
type Given = Input['HistoricalMetrics'][number];
type Name = NonNullable<Given['Name']>;

const by = (key: MetricFilter['key'], ...values: string[]): MetricFilter[] => [{ key, values, negated: false }];

/** What each is among the metrics of GetMetricDataV2; null for what there is none of. */
const metrics: Readonly<Record<Name, readonly [MetricName, 'SUM' | 'AVG' | 'MAX', MetricFilter[]?] | null>> = {
  CONTACTS_QUEUED: ['CONTACTS_QUEUED', 'SUM'],
  CONTACTS_HANDLED: ['CONTACTS_HANDLED', 'SUM'],
  CONTACTS_ABANDONED: ['CONTACTS_ABANDONED', 'SUM'],
  CONTACTS_CONSULTED: null,
  CONTACTS_AGENT_HUNG_UP_FIRST: ['CONTACTS_HANDLED', 'SUM', by('DISCONNECT_REASON', 'AGENT_DISCONNECT')],
  CONTACTS_HANDLED_INCOMING: [
    'CONTACTS_HANDLED',
    'SUM',
    by('INITIATION_METHOD', 'INBOUND', 'TRANSFER', 'QUEUE_TRANSFER'),
  ],
  CONTACTS_HANDLED_OUTBOUND: ['CONTACTS_HANDLED', 'SUM', by('INITIATION_METHOD', 'OUTBOUND')],
  CONTACTS_HOLD_ABANDONS: null,
  CONTACTS_TRANSFERRED_IN: ['CONTACTS_CREATED', 'SUM', by('INITIATION_METHOD', 'TRANSFER')],
  CONTACTS_TRANSFERRED_OUT: ['CONTACTS_TRANSFERRED_OUT', 'SUM'],
  CONTACTS_TRANSFERRED_IN_FROM_QUEUE: ['CONTACTS_CREATED', 'SUM', by('INITIATION_METHOD', 'QUEUE_TRANSFER')],
  CONTACTS_TRANSFERRED_OUT_FROM_QUEUE: ['CONTACTS_TRANSFERRED_OUT_FROM_QUEUE', 'SUM'],
  CONTACTS_MISSED: ['AGENT_NON_RESPONSE', 'SUM'],
  CALLBACK_CONTACTS_HANDLED: ['CONTACTS_HANDLED', 'SUM', by('INITIATION_METHOD', 'CALLBACK')],
  API_CONTACTS_HANDLED: ['CONTACTS_HANDLED', 'SUM', by('INITIATION_METHOD', 'API')],
  OCCUPANCY: ['AGENT_OCCUPANCY', 'AVG'],
  HANDLE_TIME: ['AVG_HANDLE_TIME', 'AVG'],
  AFTER_CONTACT_WORK_TIME: ['AVG_AFTER_CONTACT_WORK_TIME', 'AVG'],
  QUEUED_TIME: ['MAX_QUEUED_TIME', 'MAX'],
  ABANDON_TIME: ['AVG_ABANDON_TIME', 'AVG'],
  QUEUE_ANSWER_TIME: ['AVG_QUEUE_ANSWER_TIME', 'AVG'],
  HOLD_TIME: ['AVG_HOLD_TIME', 'AVG'],
  INTERACTION_TIME: ['AVG_INTERACTION_TIME', 'AVG'],
  INTERACTION_AND_HOLD_TIME: ['AVG_INTERACTION_AND_HOLD_TIME', 'AVG'],
  SERVICE_LEVEL: ['SERVICE_LEVEL', 'AVG'],
};
const seconds: readonly Name[] = [
  'HANDLE_TIME',
  'AFTER_CONTACT_WORK_TIME',
  'QUEUED_TIME',
  'ABANDON_TIME',
  'QUEUE_ANSWER_TIME',
  'HOLD_TIME',
  'INTERACTION_TIME',
  'INTERACTION_AND_HOLD_TIME',
];
const percents: readonly Name[] = ['OCCUPANCY', 'SERVICE_LEVEL'];
const unitOf = (name: Name) => (seconds.includes(name) ? 'SECONDS' : percents.includes(name) ? 'PERCENT' : 'COUNT');

/** @throws InvalidParameterException */
function metricIn({ Name: name, Threshold: threshold, Statistic: statistic, Unit: unit }: Given): AskedMetric {
  if (!name) throw invalidParameter('Each of HistoricalMetrics needs a Name.');
  const metric = metrics[name];
  if (!metric) throw invalidParameter(`The metric ${name} is not offered here.`);
  const [meant, known, filters = []] = metric;
  if (statistic !== undefined && statistic !== known) {
    throw invalidParameter(`The Statistic of ${name} must be ${known}.`);
  }
  if (unit !== undefined && unit !== unitOf(name))
    throw invalidParameter(`The Unit of ${name} must be ${unitOf(name)}.`);
  if (name !== 'SERVICE_LEVEL') {
    if (threshold) throw invalidParameter(`The metric ${name} has no Threshold.`);
    return { name: meant, threshold: null, filters };
  }
  const { Comparison: comparison, ThresholdValue: value } = threshold ?? {};
  if (!comparison || value === undefined) {
    throw invalidParameter('You must specify a Threshold when you retrieve SERVICE_LEVEL metrics.');
  }
  if (!Number.isInteger(value) || value < 1 || value > 604_800) {
    throw invalidParameter('The ThresholdValue of SERVICE_LEVEL must be a whole number of seconds from 1 to 604800.');
  }
  return { name: meant, threshold: { comparison, seconds: value }, filters };
}

const groupings = ['QUEUE', 'CHANNEL', 'ROUTING_PROFILE'] as const;
export type V1Grouping = (typeof groupings)[number];

export const v1Constraints = {
  ...instanceId,
  Groupings: items(0, 2),
  'Filters.Queues': items(1, 100),
  'Filters.Channels': items(0, 4),
  'Filters.RoutingProfiles': items(1, 100),
  'Filters.RoutingStepExpressions': items(0, 50),
  'Filters.RoutingStepExpressions[]': length(1, 3000),
  'Filters.AgentStatuses': items(0, 50),
  'Filters.AgentStatuses[]': length(1, 256),
  'Filters.Subtypes': items(0, 10),
  'Filters.Subtypes[]': length(1, 100),
  'Filters.ValidationTestTypes': items(0, 10),
  'Filters.ValidationTestTypes[]': length(1, 100),
  MaxResults: range(1, 100),
  NextToken: length(1, 2500),
} satisfies Constraints;

/** @throws InvalidParameterException */
export function v1GroupingsIn(given: readonly string[] | undefined): readonly V1Grouping[] {
  return (given ?? []).map((key, index, all) => {
    const known = groupings.find((one) => one === key);
    if (!known) throw invalidParameter(`${key} is no grouping that is offered: group by ${groupings.join(', ')}.`);
    if (all.indexOf(key) !== index) throw invalidParameter(`${key} stands in Groupings twice.`);
    return known;
  });
}

/** @throws InvalidParameterException */
export function v1FiltersIn(given: Input['Filters']): readonly Filter[] {
  for (const member of ['RoutingStepExpressions', 'AgentStatuses', 'Subtypes', 'ValidationTestTypes'] as const) {
    if (given[member]?.length) throw invalidParameter(`Metrics cannot be filtered by ${member} here: leave it out.`);
  }
  const filters: Filter[] = [];
  if (given.Queues?.length) filters.push({ key: 'QUEUE', values: given.Queues });
  if (given.RoutingProfiles?.length) filters.push({ key: 'ROUTING_PROFILE', values: given.RoutingProfiles });
  if (filters.length === 0) throw invalidParameter('Filters need one at least of Queues and RoutingProfiles.');
  if (given.Channels?.length) filters.push({ key: 'CHANNEL', values: given.Channels });
  return filters;
}

const day = 86_400_000;
const token = 'metric-data';

export const getMetricData = defineRead('GetMetricData', {
  permission: seesReports,
  constraints: { ...v1Constraints, HistoricalMetrics: items(1, 100) },
  approximate: 'groups and filters by queue, channel and routing profile; without contacts consulted and hold abandons',
  handler: async (context, input) => {
    const { StartTime: start, EndTime: end } = input;
    if (start >= end) throw invalidParameter('StartTime must be before EndTime.');
    if (start.getTime() < context.now.getTime() - day)
      throw invalidParameter('StartTime must lie within the last 24 hours.');
    if (end.getTime() - start.getTime() > day)
      throw invalidParameter('From StartTime to EndTime may be 24 hours at most.');
    const asked: Asked = {
      edges: [start, end],
      groupings: v1GroupingsIn(input.Groupings),
      filters: v1FiltersIn(input.Filters),
      metrics: input.HistoricalMetrics.map(metricIn),
    };
    requireApplicable(asked);
    // What agents did is kept by quarters of an hour.
    const every = asked.metrics.some(isActivity) ? 15 : 5;
    if ([start, end].some((time) => time.getTime() % (every * 60_000) !== 0)) {
      throw invalidParameter(`StartTime and EndTime must be multiples of ${every} minutes for these metrics.`);
    }
    const from = positionIn(token, input.NextToken);
    const to = from + (input.MaxResults ?? 100);
    const report = await computeReport(context, asked, to);
    return {
      MetricResults: report.rows
        .slice(from)
        .filter((row) => isToBeShown(row, asked))
        .map(({ keys, values }) => ({
          Dimensions: v1Dimensions(context.instance, v1GroupingsIn(input.Groupings), keys),
          Collections: input.HistoricalMetrics.map((Metric, index) => {
            const value = values[index] ?? undefined;
            const factor = Metric.Name === 'OCCUPANCY' ? 100 / occupancyFactor : 1;
            return { Metric, Value: value === undefined ? undefined : value * factor };
          }),
        })),
      NextToken: report.truncated ? encodeToken(token, [to]) : undefined,
    };
  },
});

export function v1Dimensions(
  instance: Parameters<typeof arnOf>[0],
  groups: readonly V1Grouping[],
  keys: readonly (string | null)[],
) {
  const keyOf = (grouping: V1Grouping) => keys[groups.indexOf(grouping)] ?? undefined;
  const [queue, profile] = [keyOf('QUEUE'), keyOf('ROUTING_PROFILE')];
  return {
    Queue: queue ? { Id: queue, Arn: arnOf(instance, 'queue', queue) } : undefined,
    RoutingProfile: profile ? { Id: profile, Arn: arnOf(instance, 'routing-profile', profile) } : undefined,
    Channel: keyOf('CHANNEL') as 'VOICE' | undefined,
  };
}
