import { expect, test } from 'vitest';
import { countOf, listOf } from './words.ts';

test('a count agrees with its noun and is grouped in thousands', () => {
  expect(countOf(1, 'user')).toBe('1 user');
  expect(countOf(0, 'user')).toBe('0 users');
  expect(countOf(12_000, 'quick connect')).toBe('12,000 quick connects');
});

test('a list names a few and counts the rest', () => {
  expect(listOf(['A'])).toBe('A');
  expect(listOf(['A', 'B'])).toBe('A and B');
  expect(listOf(['A', 'B', 'C', 'D', 'E'])).toBe('A, B, C and 2 more');
});
