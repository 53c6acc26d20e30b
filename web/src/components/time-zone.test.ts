import { expect, test } from 'vitest';
import { isDay, isTimeZone, timeZones } from './time-zone.ts';

test('days and zones are told from what is none', () => {
  expect(['2026-02-28', '2026-02-30', '2026-2-1', '', 'x'].map(isDay)).toEqual([true, false, false, false, false]);
  expect(['UTC', 'Europe/Berlin', 'Mars/Base', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  expect(timeZones()[0]).toBe('UTC');
});
