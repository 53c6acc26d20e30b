import { expect, test } from 'vitest';
import { inTurns, measurement, median, ratios } from './measure.ts';

test('a median of an even number of values lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});

test('a goal is judged by the median, from both sides', () => {
  expect(measurement('s', 'w', 'ms', [1, 2, 90], { atMost: 2 })).toMatchObject({ met: true, lowest: 1, highest: 90 });
  expect(measurement('s', 'w', 'ms', [1, 3, 90], { atMost: 2 }).met).toBe(false);
  expect(measurement('s', 'w', 'times', [9, 10, 11], { atLeast: 11 }).met).toBe(false);
  expect(measurement('s', 'w', 'times', [9, 10, 11], undefined).met).toBeNull();
});

test('what is compared takes turns, and the first turn does not count', async () => {
  const turns: string[] = [];
  const times = await inTurns(2, { a: async () => turns.push('a'), b: async () => turns.push('b') });
  expect(turns.join('')).toBe('ababab');
  expect([times.a.length, times.b.length]).toEqual([2, 2]);
  expect(ratios([10, 9], [5, 3])).toEqual([2, 3]);
});
