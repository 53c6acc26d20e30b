import { expect, test } from 'vitest';
import { momentsOf, type ReportInterval, type ReportRange, readRange, writeRange } from './report-range.ts';

const now = new Date('2026-11-10T10:20:30Z');
function moments(range: ReportRange, interval: ReportInterval = 'TOTAL', zone = 'UTC', at = now): string {
  const found = momentsOf({ range, interval, zone }, at);
  return 'problem' in found ? found.problem : `${found.start.toISOString()} ${found.end.toISOString()}`;
}

test('whole days end where today begins in the zone of the report', () => {
  expect(moments({ kind: 'LAST_DAYS', days: 7 })).toBe('2026-11-03T00:00:00.000Z 2026-11-10T00:00:00.000Z');
  expect(moments({ kind: 'YESTERDAY' }, 'DAY', 'Asia/Tokyo')).toBe('2026-11-08T15:00:00.000Z 2026-11-09T15:00:00.000Z');
  expect(moments({ kind: 'MONTH' }, 'DAY', 'Europe/Zurich')).toBe('2026-10-31T23:00:00.000Z 2026-11-09T23:00:00.000Z');
  expect(moments({ kind: 'MONTH' }, 'DAY', 'UTC', new Date('2026-11-01T05:00:00Z'))).toMatch(/^No day of this month/);
});

test('days of 23 and of 25 hours are whole days', () => {
  const custom = (day: string) => moments({ kind: 'CUSTOM', from: day, to: day }, 'DAY', 'Europe/Zurich');
  expect(custom('2026-03-29')).toBe('2026-03-28T23:00:00.000Z 2026-03-29T22:00:00.000Z');
  expect(custom('2026-10-25')).toBe('2026-10-24T22:00:00.000Z 2026-10-25T23:00:00.000Z');
  // Midnight was left out there: the day began at one.
  expect(moments({ kind: 'CUSTOM', from: '2018-11-04', to: '2018-11-04' }, 'DAY', 'America/Sao_Paulo')).toBe(
    '2018-11-04T03:00:00.000Z 2018-11-05T02:00:00.000Z',
  );
});

test('the last 24 hours end at a quarter of an hour, or at a half of the zone’s clock', () => {
  expect(moments({ kind: 'LAST_24_HOURS' }, 'FIFTEEN_MIN')).toBe('2026-11-09T10:15:00.000Z 2026-11-10T10:15:00.000Z');
  expect(moments({ kind: 'LAST_24_HOURS' }, 'THIRTY_MIN')).toBe('2026-11-09T10:00:00.000Z 2026-11-10T10:00:00.000Z');
  expect(moments({ kind: 'LAST_24_HOURS' }, 'THIRTY_MIN', 'Asia/Kathmandu')).toBe(
    '2026-11-09T10:15:00.000Z 2026-11-10T10:15:00.000Z',
  );
  expect(moments({ kind: 'LAST_24_HOURS' }, 'DAY')).toMatch(/no whole days/);
});

test('what is not entered yet is asked for', () => {
  for (const interval of ['TOTAL', 'FIFTEEN_MIN'] as const) {
    const most = interval === 'TOTAL' ? 31 : 3;
    expect(moments({ kind: 'LAST_DAYS', days: 0 }, interval)).toBe(`Enter a number of days from 1 to ${most}.`);
  }
  for (const [from, to] of [
    ['', '2026-11-01'],
    ['2026-11-01', ''],
  ] as const) {
    expect(moments({ kind: 'CUSTOM', from, to })).toBe('Choose the first and the last day of the range.');
  }
});

test('a range that the interval does not take says how long it may be', () => {
  expect(moments({ kind: 'LAST_DAYS', days: 3 }, 'FIFTEEN_MIN')).toMatch(/^2026/);
  for (const [days, interval] of [
    [4, 'FIFTEEN_MIN'],
    [4, 'THIRTY_MIN'],
    [32, 'DAY'],
    [99, 'TOTAL'],
  ] as const) {
    expect(moments({ kind: 'LAST_DAYS', days }, interval)).toMatch(/days at most/);
  }
  expect(moments({ kind: 'CUSTOM', from: '2026-10-01', to: '2026-10-31' }, 'DAY', 'Europe/Zurich')).toMatch(/^2026/);
  expect(moments({ kind: 'CUSTOM', from: '2026-09-30', to: '2026-10-31' })).toMatch(/31 days at most/);
  expect(moments({ kind: 'CUSTOM', from: '2026-10-02', to: '2026-10-01' })).toMatch(/ends before it begins/);
  for (const day of ['2026-13-01', '2026-02-30']) {
    expect(moments({ kind: 'CUSTOM', from: day, to: day })).toMatch(/not in the calendar/);
  }
  // Samoa went over to the other side of the date line.
  const apia = (from: string, to: string) => moments({ kind: 'CUSTOM', from, to }, 'DAY', 'Pacific/Apia');
  expect(apia('2011-12-30', '2011-12-31')).toMatch(/not in the calendar/);
  expect(apia('2011-12-29', '2011-12-31')).toBe('2011-12-29T10:00:00.000Z 2011-12-31T10:00:00.000Z');
});

test('a range of an address is what was written', () => {
  for (const text of ['last-7', 'month', 'yesterday', '24h', '2026-11-01..2026-11-07']) {
    const range = readRange(text);
    expect(range && writeRange(range)).toBe(text);
  }
  for (const text of [
    '',
    'last-0',
    'last-100',
    'last-x',
    '2026-11-01',
    '2026-11-01..',
    'a..b..c',
    'Month',
    '2026-02-30..2026-03-02',
  ]) {
    expect(readRange(text)).toBeNull();
  }
});
