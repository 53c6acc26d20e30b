import { stringify } from 'csv-stringify/sync';
import type { AnyKind } from './kinds/kind.ts';
import type { UserBatchRecord } from './types.ts';

/** About 100 KB, of which each client has one in memory. */
const pageSize = 500;

/**
 * A batch's results as RFC 4180 text, page by page, so that 100,000 records never lie in memory. It begins with a byte
 * order mark: without one, Excel reads UTF-8 as the machine's own encoding and spoils every accented name. Other
 * readers of CSV skip it.
 */
export async function* resultsFile(
  pages: (after: number, limit: number) => Promise<readonly UserBatchRecord[]>,
  counts: AnyKind['counts'],
): AsyncGenerator<string> {
  const columns = columnsOf(counts);
  yield `\uFEFF${csvLines([columns.map(([title]) => title)])}`;
  for (let after = 0; ; ) {
    const page = await pages(after, pageSize);
    if (page.length > 0) yield csvLines(page.map((record) => columns.map(([, cell]) => cell(record))));
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.position;
  }
}

type Column = readonly [title: string, cell: (record: UserBatchRecord) => string];

const columnsOf = (counts: AnyKind['counts']): readonly Column[] => [
  ['Login', ({ username }) => username ?? ''],
  ['First name', ({ firstName }) => firstName ?? ''],
  ['Last name', ({ lastName }) => lastName ?? ''],
  ['User ID', ({ userId }) => userId ?? ''],
  ['Status', ({ status }) => status],
  ['Error code', ({ errorCode }) => errorCode ?? ''],
  ['Reason', ({ reason }) => reason ?? ''],
  ...Object.entries(counts).map(([name, title]): Column => [title, ({ kindCounts }) => String(kindCounts[name] ?? 0)]),
  ['Time', ({ time }) => time?.toISOString() ?? ''],
  ['Given as', ({ given }) => given ?? ''],
  ['Case differs', ({ caseDiffers }) => (caseDiffers ? 'yes' : '')],
  ['Finding', ({ finding }) => finding ?? ''],
];

export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], {
    record_delimiter: 'windows',
    escape_formulas: true,
    // The library quotes for CRLF only; a lone line break inside a cell would end the line for most readers.
    quoted_match: /[\r\n]/,
  });
}
