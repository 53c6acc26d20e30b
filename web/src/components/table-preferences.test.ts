import { expect, test } from 'vitest';
import { readPreferences } from './table-preferences.ts';

const columns = [
  { id: 'login', label: 'Login', alwaysVisible: true, visible: true },
  { id: 'tags', label: 'Tags', visible: false },
  { id: 'phone', label: 'Phone type', visible: true },
];
const read = (stored: unknown) => readPreferences(stored, columns, [10, 25], { pageSize: 25, wrapLines: false });

test('nothing remembered, or nonsense, is the default', () => {
  for (const stored of [null, 'x', 7, [], { contentDisplay: 'x', pageSize: 7, wrapLines: 'x' }]) {
    expect(read(stored)).toEqual({
      pageSize: 25,
      wrapLines: false,
      contentDisplay: [
        { id: 'login', visible: true },
        { id: 'tags', visible: false },
        { id: 'phone', visible: true },
      ],
    });
  }
});

test('a remembered order stays, a column that is gone goes, and a new one comes at the end', () => {
  const stored = { contentDisplay: [{ id: 'phone', visible: false }, { id: 'gone', visible: true }, { id: 'login' }] };
  expect(read(stored).contentDisplay).toEqual([
    { id: 'phone', visible: false },
    { id: 'login', visible: true },
    { id: 'tags', visible: false },
  ]);
});
