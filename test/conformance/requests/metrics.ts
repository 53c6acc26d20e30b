import type { World } from '../world.ts';
import { list, only, type RequestTable } from './request-table.ts';

const quarter = 900_000;
/** About now, where the contacts of the world are. */
const range = (hours = 24) => {
  const end = Math.ceil(Date.now() / quarter) * quarter;
  return { StartTime: new Date(end - hours * 3_600_000), EndTime: new Date(end) };
};
const filters = (world: World) => [
  { FilterKey: 'AGENT', FilterValues: [world.user] },
  { FilterKey: 'QUEUE', FilterValues: [world.queue] },
  { FilterKey: 'ROUTING_PROFILE', FilterValues: [world.routingProfile] },
  { FilterKey: 'AGENT_HIERARCHY_LEVEL_ONE', FilterValues: [world.group] },
  { FilterKey: 'CHANNEL', StringCondition: { Comparison: 'NOT_EXISTS' } },
];
const metrics = [
  { Name: 'SERVICE_LEVEL', Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] },
  {
    Name: 'CONTACTS_HANDLED',
    MetricFilters: [{ MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues: ['INBOUND'], Negate: true }],
  },
];
const leftOut = { 'MetricV2.MetricId': 'refused: there are no metrics of one’s own' };

const report = {
  full: (world: World) => ({
    ...range(),
    Interval: 'FIFTEEN_MIN',
    TimeZone: 'Europe/Zurich',
    Groupings: ['AGENT', 'QUEUE'],
    Filters: filters(world),
    Metrics: metrics,
  }),
  minimal: () => ({ ...range(), Metrics: [{ Name: 'CONTACTS_QUEUED' }] }),
  leftOut,
};

const v1Filters = (world: World) => ({
  Queues: [world.queue],
  Channels: ['VOICE'],
  RoutingProfiles: [world.routingProfile],
});
const notThere = Object.fromEntries(
  ['RoutingStepExpressions', 'AgentStatuses', 'Subtypes', 'ValidationTestTypes'].map((member) => [
    `Filters.${member}`,
    'refused: metrics cannot be filtered by it',
  ]),
);
const onePage = { NextToken: 'the world has one page' };

/** Reports of what was. */
export const metricRequests: RequestTable = {
  GetMetricDataV2: {
    full: (world) => ({
      ...range(),
      ResourceArn: world.instanceArn,
      Filters: filters(world).filter(({ FilterKey }) => !FilterKey.startsWith('AGENT')),
      Groupings: ['QUEUE', 'CHANNEL'],
      Interval: { IntervalPeriod: 'HOUR', TimeZone: 'Europe/Zurich' },
      Metrics: metrics,
      MaxResults: 10,
    }),
    minimal: (world) => ({
      ...range(),
      ResourceArn: world.instanceArn,
      Filters: filters(world).slice(1, 2),
      Metrics: [{ Name: 'CONTACTS_QUEUED' }],
    }),
    others: [
      (world) => ({
        ...range(),
        ResourceArn: world.instanceArn,
        Filters: filters(world),
        Groupings: ['AGENT', 'AGENT_HIERARCHY_LEVEL_ONE'],
        Metrics: metrics.slice(1),
      }),
    ],
    leftOut: { ...leftOut, ...onePage },
  },
  GetMetricData: {
    full: (world) => ({
      ...range(15),
      Filters: v1Filters(world),
      Groupings: ['QUEUE', 'CHANNEL'],
      HistoricalMetrics: [
        {
          Name: 'SERVICE_LEVEL',
          Threshold: { Comparison: 'LT', ThresholdValue: 20 },
          Statistic: 'AVG',
          Unit: 'PERCENT',
        },
      ],
      MaxResults: 10,
    }),
    minimal: (world) => ({
      ...range(15),
      Filters: { Queues: [world.queue] },
      HistoricalMetrics: [{ Name: 'CONTACTS_QUEUED' }],
    }),
    leftOut: { ...notThere, ...onePage },
  },
  GetCurrentMetricData: {
    full: (world) => ({
      Filters: v1Filters(world),
      Groupings: ['ROUTING_PROFILE', 'CHANNEL'],
      CurrentMetrics: [{ Name: 'AGENTS_ONLINE', Unit: 'COUNT' }],
      SortCriteria: [{ SortByMetric: 'AGENTS_ONLINE', SortOrder: 'DESCENDING' }],
      MaxResults: 10,
    }),
    minimal: (world) => ({ Filters: { Queues: [world.queue] }, CurrentMetrics: [{ Name: 'CONTACTS_IN_QUEUE' }] }),
    leftOut: { ...notThere, ...onePage, 'CurrentMetric.MetricId': 'refused: there are no metrics of one’s own' },
  },
  GetHistoricalReport: report,
  DownloadHistoricalReport: report,
  CheckQueueHistory: only((world) => ({ Queue: world.queue, ...range() })),
  ListReportAgents: list('ListReportAgents', undefined, () => ({ Deleted: false })),
};
