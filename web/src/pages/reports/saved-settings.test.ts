import { expect, test } from 'vitest';
import type { SavedReportSettings } from '../../api/saved-reports.ts';
import type { ReportSearch } from './report-search.ts';
import { readSettings } from './report-settings.ts';
import { fromSaved, overSaved, toSaved } from './saved-settings.ts';

const id = '5e2c9e2a-0000-4000-8000-000000000001';
const whole: ReportSearch = {
  interval: 'DAY',
  range: '2026-03-01..2026-03-31',
  zone: 'Europe/Zurich',
  groups: 'AGENT,QUEUE',
  agents: id,
  queues: `${id},5e2c9e2a-0000-4000-8000-000000000002`,
  profiles: id,
  hierarchy: `2.${id}`,
  channels: 'VOICE,CHAT',
  phones: '+12025550190',
  metrics: 'SERVICE_LEVEL.60,CONTACTS_HANDLED,CONTACTS_HANDLED_INCOMING',
  view: 'line',
  chart: 'CONTACTS_HANDLED_INCOMING',
};
const savedOf = (search: ReportSearch) => toSaved(readSettings('agent-performance', search).settings, search);
const opened = (Settings: SavedReportSettings) => fromSaved({ Type: 'AGENT_PERFORMANCE', Settings } as never);

test.each<ReportSearch>([
  whole,
  { ...whole, range: 'last-7', view: 'bar' },
  { ...whole, range: 'month', groups: 'none' },
  { ...whole, range: 'yesterday' },
  { ...whole, interval: 'TOTAL', range: '24h' },
])('what is saved of a report is opened as the same: %j', (search) => {
  expect(opened(savedOf(search))).toEqual({ search, unknown: [] });
  expect(savedOf(opened(savedOf(search)).search)).toEqual(savedOf(search));
});

test('a report that was saved as a table without filters opens as one, whatever the built-in report has', () => {
  const { search } = opened(savedOf({ range: 'last-7', zone: 'UTC' }));
  expect(search).toMatchObject({ view: 'table', groups: 'AGENT', interval: 'TOTAL' });
  expect(search.agents).toBeUndefined();
});

test('what the website cannot show is left out and said', () => {
  const plain = savedOf(whole);
  const { search, unknown } = opened({
    ...plain,
    Filters: [
      { FilterKey: 'AGENT', StringCondition: { Comparison: 'NOT_EXISTS' } },
      { FilterKey: 'AGENT_HIERARCHY_LEVEL_ONE', FilterValues: [id, id] },
    ],
    Metrics: [
      { Name: 'OF_ANOTHER_VERSION' },
      { Name: 'SERVICE_LEVEL', Threshold: [{ Comparison: 'LTE', ThresholdValue: 20 }] },
      {
        Name: 'CONTACTS_HANDLED',
        MetricFilters: [{ MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues: ['OUTBOUND'], Negate: true }],
      },
      { Name: 'CONTACTS_QUEUED' },
    ],
    ChartMetric: 0,
  });
  expect(unknown).toEqual([
    'AGENT',
    'AGENT_HIERARCHY_LEVEL_ONE',
    'OF_ANOTHER_VERSION',
    'SERVICE_LEVEL',
    'CONTACTS_HANDLED',
  ]);
  expect(search).toMatchObject({ metrics: 'CONTACTS_QUEUED' });
  expect(search.chart).toBeUndefined();
});

test('the address goes before what was saved: settings as a whole, the view by itself', () => {
  const { search: saved } = opened(savedOf(whole));
  expect(overSaved(saved, {})).toEqual(saved);
  expect(overSaved(saved, { view: 'table', sort: '-metric-0' })).toEqual({
    ...saved,
    view: 'table',
    sort: '-metric-0',
  });
  // A filter that was taken away is not there, and does not come back from what was saved.
  expect(overSaved(saved, { range: 'last-7' })).toEqual({ range: 'last-7', view: saved.view, chart: saved.chart });
});
