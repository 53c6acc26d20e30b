import type { World } from '../world.ts';
import { list, type RequestTable } from './request-table.ts';

const quarter = 900_000;
/** About now, where the contacts of the world are. */
const range = () => {
  const end = Math.ceil(Date.now() / quarter) * quarter;
  return { StartTime: new Date(end - 86_400_000), EndTime: new Date(end) };
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

/** Reports of what was. */
export const metricRequests: RequestTable = {
  GetHistoricalReport: report,
  GetHistoricalReportFile: report,
  ListReportAgents: list('ListReportAgents', undefined, () => ({ Deleted: false })),
};
