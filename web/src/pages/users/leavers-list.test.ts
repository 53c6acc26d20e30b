import { expect, test } from 'vitest';
import { entriesIn, listRefusal, textOf, toListSelection } from './leavers-list.ts';

test('an entry is a line, however lines end, and an empty line is none', () => {
  expect(entriesIn('ada\r\nbob\n\n \t\rcy ')).toEqual(['ada', 'bob', 'cy ']);
  expect(entriesIn(' \n\n')).toEqual([]);
});

test('a list has 1 to 100,000 entries', () => {
  expect(listRefusal([])).toContain('at least one');
  expect(listRefusal(['a'])).toBeNull();
  expect(listRefusal(Array.from({ length: 100_000 }, String))).toBeNull();
  expect(listRefusal(Array.from({ length: 100_001 }, String))).toContain('These are 100,001 entries');
});

test('a list is selected by what it names', () => {
  expect(toListSelection('Emails', ['a@x'])).toEqual({ Emails: ['a@x'] });
});

test('a file is read as what it is, and what is no text is none', () => {
  const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
  expect(textOf(Buffer.from('\uFEFFada\nzoë'))).toBe('ada\nzoë');
  expect(textOf(utf16('ada\r\nzoë'))).toBe('ada\r\nzoë');
  expect(textOf(utf16('ada').swap16())).toBe('ada');
  expect(textOf(Buffer.from('PK\x03\x04\0\0'))).toBeNull();
});
