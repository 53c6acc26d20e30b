import { expect, test } from 'vitest';
import { createKept } from './kept.ts';

test('what one user has chosen is gone when another signs in, and stays gone', () => {
  const kept = createKept();
  kept.set('ana', 'users', 'forty ticks');
  expect(kept.get('ana', 'users')).toBe('forty ticks');
  expect(kept.get('bob', 'users')).toBeUndefined();
  expect(kept.get('ana', 'users')).toBeUndefined();
});
