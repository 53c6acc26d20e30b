import { expect, test } from 'vitest';
import { readQuickConnectList, toQuickConnectRequest, writeQuickConnectList } from './quick-connect-list-state.ts';

test('an address holds the whole state of the list', () => {
  const address =
    'page=3&size=50&sort=-Destination&q=sales+team&type=USER&orphaned=true&user=5e2c9e2a-0000-4000-8000-000000000001';
  const state = readQuickConnectList(new URLSearchParams(address), 25);
  expect(writeQuickConnectList(state, 25).toString()).toBe(address);
  expect(toQuickConnectRequest(state)).toEqual({
    NameContains: 'sales team',
    QuickConnectTypes: ['USER'],
    Orphaned: true,
    UserIds: ['5e2c9e2a-0000-4000-8000-000000000001'],
    SortBy: 'Destination',
    SortOrder: 'DESCENDING',
    StartIndex: 100,
    MaxResults: 50,
  });
});

test('the plain list has a plain address, and nonsense is the plain list', () => {
  const plain = readQuickConnectList(new URLSearchParams(), 25);
  expect(writeQuickConnectList(plain, 25).toString()).toBe('');
  expect(readQuickConnectList(new URLSearchParams('page=x&size=3&sort=Id&type=AGENT&orphaned=1'), 25)).toEqual(plain);
  expect(toQuickConnectRequest(plain)).toEqual({
    SortBy: 'Name',
    SortOrder: 'ASCENDING',
    StartIndex: 0,
    MaxResults: 25,
  });
});
