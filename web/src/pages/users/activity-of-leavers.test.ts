import { expect, test } from 'vitest';
import { joined, readDays } from './activity-of-leavers.ts';

test('the days are 1 to 90', () => {
  expect(['1', ' 30 ', '90'].map(readDays)).toEqual([1, 30, 90]);
  for (const text of ['', '0', '91', '-1', '1.5', '1e1', 'x', '300']) expect(readDays(text), text).toBeNull();
});

test('several files are one, with one first line', () => {
  expect(joined(['Agent\r\na\r\n', 'Agent\r\nb\r\nc\r\n', 'Agent\r\n'])).toBe('Agent\r\na\r\nb\r\nc\r\n');
  expect(joined([])).toBe('');
});
