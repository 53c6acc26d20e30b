import { expect, test } from 'vitest';
import { builtInReports, reportMetric, reportNames, variantIds } from './report-metrics.ts';
import { reportSearch } from './report-search.ts';
import { mismatch, readSettings, refusalOf, requestOf, writeSettings } from './report-settings.ts';

const id = '11111111-2222-4333-8444-555555555555';
const other = '7a14d0ab-9605-4a62-a9e4-5ed26688389b';
const of = (given: Record<string, unknown>) => readSettings('agent-performance', reportSearch(given));

test('every metric of the built-in reports is there, and goes with its groupings', () => {
  for (const report of reportNames) {
    const { settings, unknown } = readSettings(report, {});
    expect(unknown).toEqual([]);
    expect(settings.metrics.map((metric) => metric.id)).toEqual(builtInReports[report].metrics);
    expect(settings.metrics.filter((metric) => mismatch(metric, settings) !== null)).toEqual([]);
    expect(refusalOf(settings)).toBeNull();
  }
  for (const variant of variantIds) expect(reportMetric(variant)?.asked.MetricFilters).toHaveLength(1);
});

test('the link holds the whole report', () => {
  const given = {
    interval: 'DAY',
    range: '2026-11-01..2026-11-07',
    zone: 'Europe/Zurich',
    groups: 'QUEUE,AGENT,CHANNEL',
    agents: id,
    queues: id,
    profiles: id,
    hierarchy: `2.${id},${other}`,
    channels: 'VOICE,TASK',
    phones: '+12025550190',
    metrics: 'SERVICE_LEVEL.20,CONTACTS_HANDLED_INCOMING,AVG_HANDLE_TIME',
  };
  const { settings, unknown } = of(given);
  expect(unknown).toEqual([]);
  expect(writeSettings(settings)).toEqual(given);
  expect(requestOf(settings, { start: new Date(1000), end: new Date(2000) })).toEqual({
    StartTime: 1,
    EndTime: 2,
    Interval: 'DAY',
    TimeZone: 'Europe/Zurich',
    Groupings: ['QUEUE', 'AGENT', 'CHANNEL'],
    Filters: [
      { FilterKey: 'AGENT', FilterValues: [id] },
      { FilterKey: 'QUEUE', FilterValues: [id] },
      { FilterKey: 'ROUTING_PROFILE', FilterValues: [id] },
      { FilterKey: 'AGENT_HIERARCHY_LEVEL_TWO', FilterValues: [id, other] },
      { FilterKey: 'CHANNEL', FilterValues: ['VOICE', 'TASK'] },
      { FilterKey: 'PHONE_NUMBER', FilterValues: ['+12025550190'] },
    ],
    Metrics: [
      { Name: 'SERVICE_LEVEL', Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] },
      {
        Name: 'CONTACTS_HANDLED',
        MetricFilters: [
          { MetricFilterKey: 'INITIATION_METHOD', MetricFilterValues: ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER'] },
        ],
      },
      { Name: 'AVG_HANDLE_TIME' },
    ],
  });
});

test('no groupings at all is not the same as the usual ones', () => {
  const { settings } = of({});
  const none = writeSettings({ ...settings, groupings: [] });
  expect(of(none).settings.groupings).toEqual([]);
  expect(of({}).settings.groupings).toEqual(['AGENT']);
});

test('what a link says that means nothing is left out, and told', () => {
  const { settings, unknown } = of({
    interval: 'HOUR',
    range: 'for ever',
    zone: 'Mars/Base',
    groups: 'AGENT,QUEUE,CHANNEL,ROUTING_PROFILE,PHONE_NUMBER,AGENT_HIERARCHY_LEVEL_ONE,COLOUR',
    agents: `${id},' or 1=1`,
    hierarchy: `6.${id}`,
    channels: 'SMOKE',
    phones: 'a b',
    metrics: 'SERVICE_LEVEL,SERVICE_LEVEL.0,SERVICE_LEVEL.604801,AVG_HANDLE_TIME.20,constructor,CONTACTS_HANDLED',
    else: 'x',
    sort: ['a', 'b'],
  });
  expect(settings.groupings).toEqual(['AGENT', 'QUEUE', 'CHANNEL', 'ROUTING_PROFILE', 'PHONE_NUMBER']);
  expect(settings).toMatchObject({ interval: 'TOTAL', range: { kind: 'LAST_DAYS', days: 7 } });
  expect(settings.filters).toMatchObject({ agents: [id], hierarchy: null, channels: [], phones: [] });
  expect(settings.metrics.map((metric) => metric.id)).toEqual(['CONTACTS_HANDLED']);
  expect(unknown).toHaveLength(14);
  expect(of({ metrics: 'NONE' }).settings.metrics).not.toEqual([]);
});

test('a metric that groupings or filters do not go with says so', () => {
  const metric = { name: 'SUM_ONLINE_TIME_AGENT' } as const;
  expect(mismatch(metric, of({}).settings)).toBeNull();
  expect(mismatch(metric, of({ groups: 'AGENT,QUEUE', channels: 'VOICE' }).settings)).toBe(
    'Does not go with queue, channel.',
  );
});

test('more values of filters than the server takes are refused before it is asked', () => {
  const many = Array.from({ length: 60 }, (_, index) => `${String(index).padStart(8, '0')}${id.slice(8)}`).join(',');
  expect(refusalOf(of({ agents: many }).settings)).toBeNull();
  expect(refusalOf(of({ agents: many, queues: many }).settings)).toMatch(/100 values at most/);
  expect(refusalOf(of({ agents: many, hierarchy: `1.${many}` }).settings)).toMatch(/100 values at most/);
  expect(of({ hierarchy: `1.${id},2.${id}` }).unknown).toHaveLength(1);
  const levels = Array.from({ length: 11 }, (_, index) => `SERVICE_LEVEL.${index + 1}`);
  expect(refusalOf(of({ metrics: levels.join(',') }).settings)).toMatch(/10 numbers of seconds/);
});
