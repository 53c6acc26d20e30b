import { stringify } from 'csv-stringify/sync';

/** About 100 KB, of which each client has one in memory. */
const pageSize = 500;

/** What a file shows next, and behind what its next page begins; null: nothing follows. */
export interface FilePage<Item, Key> {
  readonly items: readonly Item[];
  readonly last: Key | null;
}

/**
 * A list as a file of RFC 4180, page by page, so that 100,000 of them never lie in memory. It begins with a byte order
 * mark: without one, Excel reads UTF-8 as the machine's own encoding and spoils every accented name. Other readers of CSV
 * skip it.
 */
export async function* csvFile<Item, Key>(
  header: readonly string[],
  cellsOf: (item: Item) => readonly string[],
  pageAfter: (after: Key | null, limit: number) => Promise<FilePage<Item, Key>>,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLines([header])}`;
  let after: Key | null = null;
  do {
    const { items, last }: FilePage<Item, Key> = await pageAfter(after, pageSize);
    if (items.length > 0) yield csvLines(items.map(cellsOf));
    after = last;
  } while (after !== null);
}

/** The last of a page that is full, behind which another may follow. */
export const lastOfFull = <Row>(rows: readonly Row[], limit: number): Row | null =>
  rows.length < limit ? null : (rows.at(-1) ?? null);

/** A spreadsheet may drop what stands before the sign, or split the line there where semicolons separate cells. */
const formula = /^(?:[\t\r]|[\s\p{Cf};]*[=+\-@＝＋－＠])/u;
/** Stands in reports where there is no data, and computes nothing. */
const noData = '-';

export function csvLines(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map((cell) => (cell !== noData && formula.test(cell) ? `'${cell}` : cell)));
  return stringify(safe, {
    record_delimiter: 'windows',
    // The library quotes for CRLF only; a lone line break inside a cell would end the line for most readers.
    quoted_match: /[\r\n]/,
  });
}

/** The answer of a download. All are named alike: after what they hold, and the day, in UTC, on which they were made. */
export const csvAnswer = (what: string, now: Date, chunks: AsyncGenerator<string>) => ({
  contentType: 'text/csv; charset=utf-8',
  fileName: `${what}-${now.toISOString().slice(0, 10)}.csv`,
  chunks,
});
