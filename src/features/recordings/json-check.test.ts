import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createJsonCheck, type JsonFault } from './json-check.ts';

function checked(text: string, cuts: readonly number[] = [], deepest = 64): JsonFault | null {
  const check = createJsonCheck(deepest);
  const ends = [...cuts.map((cut) => cut % (text.length + 1)), text.length].sort((one, other) => one - other);
  let start = 0;
  for (const end of ends) {
    const fault = check.take(text.slice(start, end));
    if (fault) return fault;
    start = end;
  }
  return check.end();
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with something put into it, taken out or changed, which is JSON still or is none. */
const nearly = fc
  .tuple(
    fc.json({ maxDepth: 4 }),
    fc.array(fc.tuple(fc.nat(), fc.nat(1), fc.constantFrom(...'[]{}",:\\u0-+.eE 1tfn/\n\t\u0001\ud800é', ''))),
  )
  .map(([text, changes]) =>
    changes.reduce((now, [at, out, put]) => {
      const place = at % (now.length + 1);
      return now.slice(0, place) + put + now.slice(place + out);
    }, text),
  );

test('is of one mind with JSON.parse, wherever the pieces end', () => {
  fc.assert(
    fc.property(nearly, fc.array(fc.nat(), { maxLength: 5 }), (text, cuts) => {
      expect(checked(text, cuts) === null, JSON.stringify(text)).toBe(isJson(text));
    }),
    { numRuns: 1500 },
  );
});

test.each([
  '',
  ' ',
  '01',
  '-',
  '1.',
  '1e',
  '.5',
  '+1',
  'truefalse',
  '[1,]',
  '{"a":1,}',
  '{"a"}',
  '[}',
  '"\\x"',
  '1 2',
  ']',
  ',',
  '"\\u12"',
])('%j is none', (text) => {
  expect(isJson(text)).toBe(false);
  expect(checked(text)).toBe('NO_JSON');
});

test('says of what is too deep that it is, before its end', () => {
  expect(checked('['.repeat(64) + ']'.repeat(64))).toBeNull();
  expect(checked('['.repeat(65))).toBe('TOO_DEEP');
  expect(checked('{"a":'.repeat(65))).toBe('TOO_DEEP');
  expect(checked(JSON.stringify('['.repeat(100)))).toBeNull();
});
