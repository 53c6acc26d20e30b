import { expect, test } from 'vitest';
import {
  afterFilterChange,
  nothing,
  offersAll,
  type Selection,
  selectedCount,
  selectedOf,
  selectionUnder,
  selectOnPage,
} from './selection.ts';

interface Row {
  readonly id: string;
}
interface Filter {
  readonly q: string;
}
const idOf = (row: Row) => row.id;
const first = ['a', 'b'].map((id) => ({ id }));
const second = ['c', 'd'].map((id) => ({ id }));
const none: Selection<Row, Filter> = nothing;
const everything: Selection<Row, Filter> = { kind: 'ALL', filter: { q: '' }, count: 1200 };
const tick = (selection: Selection<Row, Filter>, rows: readonly Row[], chosen: readonly Row[]) =>
  selectOnPage(selection, rows, chosen, idOf);
const idsOf = (selection: Selection<Row, Filter>) => (selection.kind === 'ROWS' ? [...selection.rows.keys()] : 'ALL');

test('a selection survives paging', () => {
  const one = tick(none, first, first);
  const two = tick(one, second, second.slice(0, 1));
  expect(idsOf(two)).toEqual(['a', 'b', 'c']);
  expect(selectedOf(two, first, idOf)).toEqual(first);
});

test('unticking takes away only what is on the page', () => {
  const two = tick(tick(none, first, first), second, second);
  expect(idsOf(tick(two, second, []))).toEqual(['a', 'b']);
});

test('everything is offered once the whole page is ticked and there is more', () => {
  const page = tick(none, first, first);
  expect(offersAll(page, first, 1200, idOf)).toBe(true);
  expect(offersAll(page, first, 2, idOf)).toBe(false);
  expect(offersAll(tick(none, first, first.slice(1)), first, 1200, idOf)).toBe(false);
  expect(offersAll(none, [], 0, idOf)).toBe(false);
});

test('everything is a filter with its count, not a list of rows', () => {
  expect(selectedCount(everything)).toBe(1200);
  expect(selectedOf(everything, second, idOf)).toEqual(second);
});

test('unticking one of everything leaves the rest of the page', () => {
  expect(idsOf(tick(everything, first, first.slice(1)))).toEqual(['b']);
});

test('everything under one filter is not everything under the one that the address says after going back', () => {
  const some: Selection<Row, Filter> = { kind: 'ALL', filter: { q: 'an' }, count: 3 };
  expect(selectionUnder(some, { q: 'an' })).toBe(some);
  expect(selectionUnder(some, { q: '' })).toBe(nothing);
  const page = tick(none, first, first);
  expect(selectionUnder(page, { q: '' })).toBe(page);
});

test('another filter ends a selection of everything, and keeps single rows', () => {
  expect(afterFilterChange(everything)).toBe(nothing);
  const page = tick(none, first, first);
  expect(afterFilterChange(page)).toBe(page);
});
