import type { World } from '../world.ts';
import { only, type RequestTable } from './request-table.ts';

const leftOut = { 'MetricV2.MetricId': 'refused: there are no metrics of one’s own' };

const settings = (world: World) => ({
  Interval: 'DAY',
  TimeZone: 'Europe/Zurich',
  TimeRange: { Type: 'LAST_DAYS', Days: 31 },
  Groupings: ['AGENT', 'QUEUE'],
  Filters: [
    { FilterKey: 'AGENT', FilterValues: [world.user] },
    { FilterKey: 'QUEUE', FilterValues: [world.queue] },
    { FilterKey: 'ROUTING_PROFILE', FilterValues: [world.routingProfile] },
    { FilterKey: 'AGENT_HIERARCHY_LEVEL_ONE', FilterValues: [world.group] },
    { FilterKey: 'CHANNEL', StringCondition: { Comparison: 'NOT_EXISTS' } },
  ],
  Metrics: [
    { Name: 'SERVICE_LEVEL', Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] },
    {
      Name: 'CONTACTS_HANDLED',
      MetricFilters: [{ MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues: ['INBOUND'], Negate: true }],
    },
  ],
  View: 'LINE_CHART',
  ChartMetric: 1,
});
const least = { TimeRange: { Type: 'YESTERDAY' }, Metrics: [{ Name: 'CONTACTS_QUEUED' }] };
const dated = {
  ...least,
  TimeRange: { Type: 'CUSTOM', StartDate: '2026-03-28', EndDate: '2026-03-29' },
};

const made = async (world: World) => ({ SavedReportId: await world.makeSavedReport() });

export const savedReportRequests: RequestTable = {
  CreateSavedReport: {
    full: (world) => ({ Name: world.fresh('Report'), Type: 'AGENT_PERFORMANCE', Settings: settings(world) }),
    minimal: (world) => ({ Name: world.fresh('Report'), Type: 'CONTACT_METRICS', Settings: least }),
    others: [(world) => ({ Name: world.fresh('Report'), Type: 'AGENT_METRICS', Settings: dated })],
    leftOut,
  },
  DescribeSavedReport: only((world) => ({ SavedReportId: world.savedReport })),
  ListSavedReports: {
    full: (world) => ({
      All: true,
      NameContains: 'Report',
      Types: ['AGENT_PERFORMANCE', 'AGENT_METRICS'],
      Statuses: ['PRIVATE', 'PUBLISHED'],
      UserIds: [world.user, world.otherUser],
      SortBy: 'LastModifiedTime',
      SortOrder: 'DESCENDING',
      StartIndex: 0,
      MaxResults: 10,
    }),
    minimal: () => ({}),
  },
  UpdateSavedReport: {
    full: async (world) => ({
      ...(await made(world)),
      Name: world.fresh('Renamed'),
      Settings: settings(world),
      Version: 1,
    }),
    minimal: async (world) => ({ ...(await made(world)), Name: world.fresh('Renamed') }),
    others: [async (world) => ({ ...(await made(world)), Settings: dated })],
    leftOut,
  },
  UpdateSavedReportStatus: {
    ...only(async (world) => ({ ...(await made(world)), Status: 'PUBLISHED' })),
    others: [async (world) => ({ ...(await made(world)), Status: 'SHARED' })],
  },
  DeleteSavedReport: only(made),
};
