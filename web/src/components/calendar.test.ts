import { expect, test } from 'vitest';
import { boundsOfDay, dayOf, daysBefore } from './calendar.ts';
import { formatTimeIn } from './time-zone.ts';

const hours = (day: string, zone: string) => {
  const { start, end } = boundsOfDay(day, zone);
  return [start.toISOString(), (end.getTime() - start.getTime()) / 3_600_000];
};

test('a day begins at its own midnight, and has 23 or 25 hours where clocks are changed', () => {
  expect(hours('2026-06-01', 'UTC')).toEqual(['2026-06-01T00:00:00.000Z', 24]);
  expect(hours('2026-03-29', 'Europe/Berlin')).toEqual(['2026-03-28T23:00:00.000Z', 23]);
  expect(hours('2026-10-25', 'Europe/Berlin')).toEqual(['2026-10-24T22:00:00.000Z', 25]);
  expect(hours('2026-03-08', 'America/New_York')).toEqual(['2026-03-08T05:00:00.000Z', 23]);
  expect(hours('2026-11-01', 'America/New_York')).toEqual(['2026-11-01T04:00:00.000Z', 25]);
  expect(hours('2026-01-01', 'Pacific/Kiritimati')).toEqual(['2025-12-31T10:00:00.000Z', 24]);
  expect(hours('2026-01-01', 'Pacific/Pago_Pago')).toEqual(['2026-01-01T11:00:00.000Z', 24]);
  expect(hours('2026-10-04', 'Australia/Lord_Howe')).toEqual(['2026-10-03T13:30:00.000Z', 23.5]);
});

test('a day whose midnight is skipped begins with its first moment', () => {
  expect(hours('2026-09-06', 'America/Santiago')).toEqual(['2026-09-06T04:00:00.000Z', 23]);
  expect(hours('2026-09-05', 'America/Santiago')).toEqual(['2026-09-05T04:00:00.000Z', 24]);
});

test('a moment has the day and the clock of its zone', () => {
  const time = new Date('2026-01-01T10:30:00Z');
  expect(dayOf(time, 'Pacific/Kiritimati')).toBe('2026-01-02');
  expect(dayOf(time, 'America/New_York')).toBe('2026-01-01');
  expect(formatTimeIn(time.getTime() / 1000, 'America/New_York')).toContain('5:30:00');
});

test('days are counted by the calendar, and one that a zone left out has no time', () => {
  expect(daysBefore('2026-03-30', 1)).toBe('2026-03-29');
  expect(daysBefore('2026-01-02', 31)).toBe('2025-12-02');
  expect(hours('2011-12-30', 'Pacific/Apia')).toEqual(['2011-12-30T10:00:00.000Z', 0]);
  expect(hours('9999-12-31', 'UTC')).toEqual(['9999-12-31T00:00:00.000Z', 24]);
});
