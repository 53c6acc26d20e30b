import { expect, test } from 'vitest';
import { requireDays } from './time-zone.ts';

const refusal = (from: string, to: string, most: number, timeZone?: string) => {
  try {
    requireDays(new Date(from), new Date(to), most, { timeZone });
    return 'none';
  } catch (error) {
    return String(error);
  }
};

// Central European Summer Time ended on 26 October 2025 at 01:00 UTC, and began on 30 March.
test.each([
  ['73 hours by a clock that is put back', '2025-10-24T22:00:00Z', '2025-10-27T23:00:00Z', 3, 'Europe/Berlin'],
  ['71 hours by a clock that is put forward', '2025-03-28T23:00:00Z', '2025-03-31T22:00:00Z', 3, 'Europe/Berlin'],
  [
    'three times 24 hours, which are 73 by the clock',
    '2025-03-28T23:00:00Z',
    '2025-03-31T23:00:00Z',
    3,
    'Europe/Berlin',
  ],
  ['seven days of UTC', '2025-10-20T00:00:00Z', '2025-10-27T00:00:00Z', 7, undefined],
] as const)('no more than may be: %s', (_, from, to, most, timeZone) => {
  expect(refusal(from, to, most, timeZone)).toBe('none');
});

test.each([
  ['a second after 73 hours', '2025-10-24T22:00:00Z', '2025-10-27T23:00:01Z', 3, 'Europe/Berlin'],
  ['73 hours of UTC', '2025-10-24T22:00:00Z', '2025-10-27T23:00:00Z', 3, undefined],
] as const)('too many: %s', (_, from, to, most, timeZone) => {
  expect(refusal(from, to, most, timeZone)).toContain('From StartTime to EndTime may be 3 days at most.');
});

test('an end that is no later is none', () => {
  expect(refusal('2025-10-24T22:00:00Z', '2025-10-24T22:00:00Z', 3)).toContain('StartTime must be before EndTime.');
});
