import fc from 'fast-check';
import { expect, test } from 'vitest';
import { allows } from './actions.ts';

/** Plainly by its meaning: a star takes nothing, or one more character. */
function means(pattern: string, text: string): boolean {
  const [first] = pattern;
  if (first === undefined) return text === '';
  if (first === '*') return means(pattern.slice(1), text) || (text !== '' && means(pattern, text.slice(1)));
  return first === text[0] && means(pattern.slice(1), text.slice(1));
}

test('a star stands for any characters, none included', () => {
  expect(allows(['connect:*'], 'connect:DeleteUser')).toBe(true);
  expect(allows(['connect:List*'], 'connect:listusers')).toBe(true);
  expect(allows(['connect:List*'], 'connect:DescribeUser')).toBe(false);
  expect(allows(['connect:*User*'], 'connect:DeleteUser')).toBe(true);
  expect(allows(['connect:*User'], 'connect:ListUsers')).toBe(false);
  expect(allows(['connect:a*a'], 'connect:a')).toBe(false);
  expect(allows(['connect:List*'], 'connect:List*')).toBe(true);
  expect(allows(['connect:List*'], 'connect:*')).toBe(false);
});

test('every pattern matches what it means', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const texts = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });
  fc.assert(
    fc.property(letters, texts, (pattern, text) => {
      expect(allows([pattern], text)).toBe(means(pattern, text));
    }),
    { numRuns: 2000, seed: 1 },
  );
});

test('a pattern of nothing but stars and letters is decided at once', () => {
  // A matcher that goes back over what it took does not end with this in a lifetime.
  const stars = `connect:${'*a'.repeat(49)}*b`;
  const allowed = Array.from({ length: 100 }, () => stars);
  expect(allows(allowed, `connect:${'a'.repeat(100)}`)).toBe(false);
  expect(allows(allowed, `connect:${'a'.repeat(100)}b`)).toBe(true);
});
