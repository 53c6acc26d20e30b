import { expect, test } from 'vitest';
import type { UserRow } from '../../api/types.ts';
import {
  afterFilterChange,
  nobody,
  offersAll,
  selectedCount,
  selectedOf,
  selectionUnder,
  selectOnPage,
  toBatchSelection,
  type UserSelection,
} from './user-selection.ts';

const row = (Id: string): UserRow => ({
  Id,
  Arn: `arn:${Id}`,
  Username: Id,
  FirstName: 'Ana',
  LastName: 'Lopez',
  PhoneType: 'SOFT_PHONE',
  RoutingProfile: { Id: 'r', Name: 'Basic' },
  SecurityProfiles: [],
  HierarchyPath: [],
  Tags: {},
  QuickConnectCount: 0,
  LastModifiedTime: 0,
});
const first = ['a', 'b'].map(row);
const second = ['c', 'd'].map(row);
const everybody: UserSelection = { kind: 'SEARCH', search: {}, count: 1200 };

test('a selection survives paging', () => {
  const one = selectOnPage(nobody, first, first);
  const two = selectOnPage(one, second, second.slice(0, 1));
  expect(toBatchSelection(two)).toEqual({ UserIds: ['a', 'b', 'c'] });
  expect(selectedOf(two, first)).toEqual(first);
});

test('unticking takes away only what is on the page', () => {
  const two = selectOnPage(selectOnPage(nobody, first, first), second, second);
  expect(toBatchSelection(selectOnPage(two, second, []))).toEqual({ UserIds: ['a', 'b'] });
});

test('everybody is offered once the whole page is ticked and there are more', () => {
  const page = selectOnPage(nobody, first, first);
  expect(offersAll(page, first, 1200)).toBe(true);
  expect(offersAll(page, first, 2)).toBe(false);
  expect(offersAll(selectOnPage(nobody, first, first.slice(1)), first, 1200)).toBe(false);
  expect(offersAll(nobody, [], 0)).toBe(false);
});

test('everybody is a search, not a list of ids', () => {
  expect(toBatchSelection(everybody)).toEqual({ Search: {} });
  expect(selectedCount(everybody)).toBe(1200);
  expect(selectedOf(everybody, second)).toEqual(second);
});

test('unticking one of everybody leaves the rest of the page', () => {
  expect(toBatchSelection(selectOnPage(everybody, first, first.slice(1)))).toEqual({ UserIds: ['b'] });
});

test('everybody under one filter is not everybody under the one that the address says after going back', () => {
  const some: UserSelection = { kind: 'SEARCH', search: { SearchCriteria: {} }, count: 3 };
  expect(selectionUnder(some, { SearchCriteria: {} })).toBe(some);
  expect(selectionUnder(some, {})).toBe(nobody);
  const page = selectOnPage(nobody, first, first);
  expect(selectionUnder(page, {})).toBe(page);
});

test('another filter ends a selection of everybody, and keeps single users', () => {
  expect(afterFilterChange(everybody)).toBe(nobody);
  const page = selectOnPage(nobody, first, first);
  expect(afterFilterChange(page)).toBe(page);
});
