/** Single rows, kept over pages and filters; or everything that a filter lets through. */
export type Selection<Row, Filter> =
  | { readonly kind: 'ROWS'; readonly rows: ReadonlyMap<string, Row> }
  | { readonly kind: 'ALL'; readonly filter: Filter; readonly count: number };

export const nothing = { kind: 'ROWS', rows: new Map<string, never>() } as const;

export const selectedCount = (selection: Selection<unknown, unknown>): number =>
  selection.kind === 'ROWS' ? selection.rows.size : selection.count;

/** The rows of a page that are ticked. */
export function selectedOf<Row>(
  selection: Selection<Row, unknown>,
  rows: readonly Row[],
  idOf: (row: Row) => string,
): Row[] {
  return selection.kind === 'ALL' ? [...rows] : rows.filter((row) => selection.rows.has(idOf(row)));
}

/**
 * After ticking and unticking on a page. What is chosen on other pages stays, but a selection of everything becomes one of
 * this page: no search says "all but these".
 */
export function selectOnPage<Row, Filter>(
  selection: Selection<Row, Filter>,
  rows: readonly Row[],
  chosen: readonly Row[],
  idOf: (row: Row) => string,
): Selection<Row, Filter> {
  const next = new Map(selection.kind === 'ROWS' ? selection.rows : []);
  for (const row of rows) next.delete(idOf(row));
  for (const row of chosen) next.set(idOf(row), row);
  return { kind: 'ROWS', rows: next };
}

/** "Everything that matches" means the filter that was in sight; under another filter it would say something else. */
export function afterFilterChange<Row, Filter>(selection: Selection<Row, Filter>): Selection<Row, Filter> {
  return selection.kind === 'ALL' ? nothing : selection;
}

/** What counts under the filter in sight: the address may say another one by now, for who went back. */
export function selectionUnder<Row, Filter>(selection: Selection<Row, Filter>, filter: Filter): Selection<Row, Filter> {
  const same = selection.kind === 'ROWS' || JSON.stringify(selection.filter) === JSON.stringify(filter);
  return same ? selection : nothing;
}

/** Whether to offer everything that matches: the whole page is ticked, and there is more. */
export function offersAll<Row>(
  selection: Selection<Row, unknown>,
  rows: readonly Row[],
  total: number,
  idOf: (row: Row) => string,
): boolean {
  return (
    selection.kind === 'ROWS' &&
    rows.length > 0 &&
    total > rows.length &&
    rows.every((row) => selection.rows.has(idOf(row)))
  );
}
