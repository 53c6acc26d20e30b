import { expect, test } from 'vitest';
import { chartOf } from './report-chart.ts';
import { readSorting, sorted, writeSorting } from './report-sort.ts';
import { type Dimension, dimensionText, type ReportRow, valueText } from './report-words.ts';

test('times are hh:mm:ss, shares have two decimals, and what is not known is a dash', () => {
  expect(valueText(3725.6, 'SECONDS')).toBe('01:02:06');
  expect(valueText(360_000, 'SECONDS')).toBe('100:00:00');
  expect(valueText(85.756, 'PERCENT')).toBe('85.76%');
  expect(valueText(0.1528, 'RATIO')).toBe('15.28%');
  expect(valueText(1234, 'COUNT')).toBe('1,234');
  expect(valueText(0, 'COUNT')).toBe('0');
  for (const unit of ['SECONDS', 'PERCENT', 'RATIO', 'COUNT'] as const) expect(valueText(undefined, unit)).toBe('–');
});

test('what a row is of has words, also where it has no name', () => {
  expect(dimensionText({ Key: 'AGENT', Id: 'a', Name: 'ana.silva' })).toBe('ana.silva');
  expect(dimensionText({ Key: 'AGENT' })).toBe('No agent');
  expect(dimensionText({ Key: 'QUEUE', Id: 'q', Type: 'AGENT' })).toBe('An agent’s own queue');
  expect(dimensionText({ Key: 'CHANNEL', Id: 'VOICE', Name: 'VOICE' })).toBe('Voice');
});

const row = (name: string | undefined, value: number | undefined, day = 0): ReportRow => ({
  StartTime: day * 86_400,
  EndTime: (day + 1) * 86_400,
  Dimensions: [{ Key: 'AGENT', Id: name, Name: name } as Dimension],
  Values: [{ Value: value }],
});

test('rows are sorted by any column, and what has no value comes last both ways', () => {
  const rows = [row('b', 2), row(undefined, undefined), row('a', 10)];
  const values = (text: string) => sorted(rows, readSorting(text)).map(({ Values }) => Values[0]?.Value);
  expect(values('metric-0')).toEqual([2, 10, undefined]);
  expect(values('-metric-0')).toEqual([10, 2, undefined]);
  expect(values('group-0')).toEqual([10, 2, undefined]);
  expect(values('nonsense')).toEqual([2, undefined, 10]);
  expect(readSorting('-metric-3')).toEqual({ by: 'metric-3', descending: true });
  expect(writeSorting({ by: 'group-0', descending: true })).toBe('-group-0');
});

test('a chart has a point for each group of a total, and a line for each by time', () => {
  const metric = { index: 0, title: 'Contacts handled', summed: true };
  const total = chartOf(
    [row('a', 1), row('b', 3), row('c', undefined)],
    { interval: 'TOTAL', zone: 'UTC', groupings: ['AGENT'] },
    metric,
  );
  expect(total.series[0]?.data).toEqual([
    { x: 'b', y: 3 },
    { x: 'a', y: 1 },
  ]);
  const days = [row('a', 1), row('b', 2, 1), row('a', 4, 1)];
  const daily = chartOf(days, { interval: 'DAY', zone: 'UTC', groupings: ['AGENT'] }, metric);
  expect(daily.categories).toHaveLength(2);
  expect(daily.series.map(({ title, data }) => [title, data.map(({ y }) => y)])).toEqual([
    ['a', [1, 4]],
    ['b', [2]],
  ]);
  const many = Array.from({ length: 40 }, (_, index) => row(`agent ${index}`, index));
  expect(chartOf(many, { interval: 'TOTAL', zone: 'UTC', groupings: ['AGENT'] }, metric)).toMatchObject({
    shown: 25,
    all: 40,
  });
});
