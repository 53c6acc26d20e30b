import { expect, test } from 'vitest';
import { createTimeOrderedIds, timeOrderedId } from './time-ordered-id.ts';

test('ids are UUIDs of version 7 that begin with the millisecond', () => {
  const id = createTimeOrderedIds(() => 0x0123456789ab)();
  expect(id).toMatch(/^01234567-89ab-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(timeOrderedId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('each id is greater than the one before, more of them than a millisecond has, and when the clock goes back', () => {
  let time = 1_700_000_000_000;
  const next = createTimeOrderedIds(() => time);
  const ids = Array.from({ length: 10_000 }, next);
  time -= 3_600_000;
  ids.push(...Array.from({ length: 10 }, next));
  time += 7_200_000;
  ids.push(next());
  expect(ids).toEqual(ids.toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});
