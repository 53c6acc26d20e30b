import { expect, test } from 'vitest';
import { readList, writeList } from '../../components/list-state.ts';
import { parseSearch, stringifySearch } from '../../routes/search.ts';
import { quickConnectListShape, toQuickConnectRequest } from './quick-connect-list-state.ts';

const read = (address: string) => readList(quickConnectListShape, parseSearch(address), 25);

test('an address holds the whole state of the list', () => {
  const address =
    'page=3&size=50&sort=-Destination&q=sales+team&type=USER&orphaned=true&user=5e2c9e2a-0000-4000-8000-000000000001';
  const state = read(address);
  expect(stringifySearch(writeList(quickConnectListShape, state, 25))).toBe(`?${address}`);
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
  const plain = read('');
  expect(writeList(quickConnectListShape, plain, 25)).toEqual({});
  expect(read('page=x&size=3&sort=Id&type=AGENT&orphaned=1')).toEqual(plain);
  expect(toQuickConnectRequest(plain)).toEqual({
    SortBy: 'Name',
    SortOrder: 'ASCENDING',
    StartIndex: 0,
    MaxResults: 25,
  });
});
