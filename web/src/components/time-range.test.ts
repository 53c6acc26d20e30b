import { expect, test, vi } from 'vitest';
import { isLongerThan, momentsOf, rangeFilter, rangeText, readRange, spanHours, writeRange } from './time-range.ts';

const now = new Date('2026-11-23T12:00:00Z');

test('a range reads as it is written', () => {
  for (const text of ['24h', '7d', '8w', '2026-11-01T00:00Z_2026-11-08T09:30Z']) {
    expect(writeRange(readRange(text) ?? { kind: 'LAST', amount: 1, unit: 'hour' })).toBe(text);
  }
});

test('what is no range is none', () => {
  for (const text of [
    '',
    '0d',
    '7',
    '7y',
    '99999d',
    '2026-11-08T00:00Z_2026-11-01T00:00Z',
    '2026-13-01T00:00Z_2027-01-01T00:00Z',
    '2026-11-01_2026-11-02',
    '2026-11-01T00:00Z',
  ]) {
    expect(readRange(text), text).toBeNull();
  }
});

test('the last days end now', () => {
  expect(momentsOf({ kind: 'LAST', amount: 2, unit: 'day' }, now)).toEqual({
    start: new Date('2026-11-21T12:00:00Z'),
    end: now,
  });
});

test('a filter takes no longer range than the list, and the usual one is always the same', () => {
  const usual = { kind: 'LAST', amount: 7, unit: 'day' } as const;
  const filter = rangeFilter('range', usual, 8 * 168);
  expect(filter.read('9w')).toBe(usual);
  expect(filter.read('nonsense')).toBe(usual);
  expect(filter.read('7d')).toBe(usual);
  expect(filter.write(usual)).toBe('');
  expect(spanHours(filter.read('8w'))).toBe(1344);
  expect(filter.write(filter.read('8w'))).toBe('8w');
});

test('seven days in which the reader’s clock is put back are seven, and an hour more is not', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  const till = (end: string) =>
    ({ kind: 'BETWEEN', start: new Date('2025-10-24T22:00:00Z'), end: new Date(end) }) as const;
  expect(isLongerThan(till('2025-10-31T23:00:00Z'), 168)).toBe(false);
  expect(isLongerThan(till('2025-10-31T23:01:00Z'), 168)).toBe(true);
  expect(isLongerThan({ kind: 'LAST', amount: 169, unit: 'hour' }, 168)).toBe(true);
  vi.unstubAllEnvs();
});

test('a range is a part of a sentence', () => {
  expect(rangeText({ kind: 'LAST', amount: 24, unit: 'hour' })).toBe('in the last 24 hours');
  expect(rangeText({ kind: 'LAST', amount: 1, unit: 'week' })).toBe('in the last week');
  const [start, end] = [new Date('2026-11-01T12:00:00Z'), new Date('2026-11-03T12:00:00Z')];
  expect(rangeText({ kind: 'BETWEEN', start, end })).toMatch(/^from .*2026.* to .*2026/);
});
