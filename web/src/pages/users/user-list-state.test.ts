import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readList, writeList } from '../../components/list-state.ts';
import { parseSearch, stringifySearch } from '../../routes/search.ts';
import {
  isFiltered,
  noFilter,
  pageSizes,
  sortFields,
  toRequest,
  toSearch,
  type UserListAddress,
  userListShape,
  userSearch,
} from './user-list-state.ts';

const states: fc.Arbitrary<UserListAddress> = fc.record({
  page: fc.integer({ min: 1, max: 5000 }),
  size: fc.constantFrom(...pageSizes),
  sort: fc.constantFrom(...sortFields),
  descending: fc.boolean(),
  q: fc.string({ maxLength: 25, unit: 'grapheme-ascii' }),
  routingProfileId: fc.constantFrom('', '5e2c9e2a-0000-4000-8000-000000000001'),
  securityProfileId: fc.constantFrom('', '5e2c9e2a-0000-4000-8000-000000000002'),
  hierarchyGroupId: fc.constantFrom('', '5e2c9e2a-0000-4000-8000-000000000003'),
  tag: fc.option(
    fc.record({
      key: fc.string({ minLength: 1, unit: 'grapheme' }),
      value: fc.option(fc.string({ unit: 'grapheme' })),
    }),
  ),
});

test('an address holds the whole state of the list', () => {
  fc.assert(
    fc.property(states, (state) => {
      const address = stringifySearch(writeList(userListShape, state, 25));
      expect(readList(userListShape, parseSearch(address), 25)).toEqual(state);
      expect(readList(userListShape, userSearch(parseSearch(address)), 25)).toEqual(state);
    }),
  );
});

test('the plain list has a plain address', () => {
  const plain = readList(userListShape, {}, 25);
  expect(writeList(userListShape, plain, 25)).toEqual({});
  expect(plain).toMatchObject({ page: 1, size: 25, sort: 'Username', descending: false });
});

test('nonsense in the address is the plain list', () => {
  const nonsense = parseSearch('page=-3&size=7&sort=-Password&q=&q=a&rp=&unknown=x');
  expect(readList(userListShape, nonsense, 50)).toEqual(readList(userListShape, {}, 50));
  expect(userSearch(nonsense)).toEqual({});
});

test('a search of one word looks into login and both names', () => {
  expect(toSearch({ ...noFilter, q: 'ana' })).toEqual({
    SearchCriteria: {
      OrConditions: ['Username', 'FirstName', 'LastName'].map((FieldName) => ({
        StringCondition: { FieldName, Value: 'ana', ComparisonType: 'CONTAINS' },
      })),
    },
  });
});

test('a single letter is not searched for', () => {
  expect(toSearch({ ...noFilter, q: 'a' })).toEqual({});
  expect(isFiltered({ ...noFilter, q: 'a' })).toBe(false);
});

test('several filters are all to be met, the tag beside them', () => {
  const search = toSearch({
    q: 'ana lopez',
    routingProfileId: 'r',
    securityProfileId: 's',
    hierarchyGroupId: 'h',
    tag: { key: 'Team', value: 'A=B' },
  });
  expect(search.SearchCriteria?.AndConditions).toHaveLength(5);
  expect(search.SearchFilter).toEqual({ TagFilter: { TagCondition: { TagKey: 'Team', TagValue: 'A=B' } } });
});

test('the third page of 50 begins at the hundredth user', () => {
  const state = readList(userListShape, parseSearch('page=3&size=50&sort=-LastName'), 25);
  expect(toRequest(state)).toEqual({ SortBy: 'LastName', SortOrder: 'DESCENDING', StartIndex: 100, MaxResults: 50 });
});
