import { expect, test } from 'vitest';
import { chartOf } from './report-chart.ts';
import { readSorting, sorted, writeSorting } from './report-sort.ts';
import { type Dimension, dimensionText, intervalText, type ReportRow, valueText } from './report-words.ts';

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

const days = (count: number) => ({ start: new Date(0), end: new Date(count * 86_400_000) });
const row = (name: string | undefined, value: number | undefined, day = 0): ReportRow => ({
  StartTime: day * 86_400,
  EndTime: (day + 1) * 86_400,
  Dimensions: [{ Key: 'AGENT', Id: name, Name: name } as Dimension],
  Values: [{ Value: value }],
});

test('an interval of a day on which clocks are changed says the offsets, of another day none', () => {
  const half = (start: string, zone = 'Europe/Berlin') =>
    intervalText(
      { start: new Date(start), end: new Date(Date.parse(start) + 1_800_000) },
      { interval: 'THIRTY_MIN', zone },
    );
  expect(half('2026-10-25T00:30:00Z')).toMatch(/GMT\+2 – .*GMT\+1$/);
  expect(half('2026-10-25T01:30:00Z')).toMatch(/GMT\+1 – .*GMT\+1$/);
  expect(half('2026-03-29T00:30:00Z')).toMatch(/GMT\+1 – .*GMT\+2$/);
  for (const text of [half('2026-10-24T00:30:00Z'), half('2026-10-25T00:30:00Z', 'UTC')]) {
    expect(text).not.toContain('GMT');
  }
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
    days(1),
    metric,
  );
  expect(total.series[0]?.data).toEqual([
    { x: 'b', y: 3 },
    { x: 'a', y: 1 },
  ]);
  const settings = { interval: 'DAY', zone: 'UTC', groupings: ['AGENT'] } as const;
  const rows = [row('a', 1), row('b', 2, 1), row('a', 4, 1)];
  const daily = chartOf(rows, settings, days(2), metric);
  expect(daily.categories).toHaveLength(2);
  expect(daily.series.map(({ title, data }) => [title, data.map(({ y }) => y)])).toEqual([
    ['a', [1, 4]],
    ['b', [0, 2]],
  ]);
  const many = Array.from({ length: 40 }, (_, index) => row(`agent ${index}`, index));
  expect(chartOf(many, { interval: 'TOTAL', zone: 'UTC', groupings: ['AGENT'] }, days(1), metric)).toMatchObject({
    shown: 25,
    all: 40,
  });
});

test('the axis has every interval of the range, and no line goes over one without a value', () => {
  const settings = { interval: 'DAY', zone: 'UTC', groupings: ['AGENT'] } as const;
  const rows = [row('a', 0.5, 1), row('a', 1, 2), row('a', 0.25, 4)];
  const share = chartOf(rows, settings, days(6), { index: 0, title: 'Agent answer rate', summed: false });
  expect(share.categories).toHaveLength(6);
  expect(
    share.series.map(({ group, data }) => [group, data.map(({ x, y }) => [share.categories.indexOf(x), y])]),
  ).toEqual([
    [
      0,
      [
        [1, 0.5],
        [2, 1],
      ],
    ],
    [0, [[4, 0.25]]],
  ]);
  // Where nothing was counted, there was none.
  const count = chartOf(rows, settings, days(6), { index: 0, title: 'Contacts handled', summed: true });
  expect(count.series.map(({ data }) => data.map(({ y }) => y))).toEqual([[0, 0.5, 1, 0, 0.25, 0]]);
  // The hour that the clock has twice.
  const zone = 'America/New_York';
  const night = { start: new Date('2026-11-01T05:00:00Z'), end: new Date('2026-11-01T07:00:00Z') };
  const twice = chartOf([row('a', 1)], { ...settings, interval: 'THIRTY_MIN', zone }, night, {
    index: 0,
    title: '',
    summed: true,
  });
  expect(new Set(twice.categories).size).toBe(4);
});
