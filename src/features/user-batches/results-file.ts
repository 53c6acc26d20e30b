import { stringify } from 'csv-stringify/sync';
import type { UserBatchRecord } from './types.ts';

const header = [
  'Login',
  'First name',
  'Last name',
  'User ID',
  'Status',
  'Error code',
  'Reason',
  'Quick connects deleted',
  'Time',
  'Given as',
  'Case differs',
  'Finding',
];

/** About 100 KB, of which each client has one in memory. */
const pageSize = 500;

/**
 * A batch's results as RFC 4180 text, page by page, so that 100,000 records never lie in memory. It begins with a byte
 * order mark: without one, Excel reads UTF-8 as the machine's own encoding and spoils every accented name. Other
 * readers of CSV skip it.
 */
export async function* resultsFile(
  pages: (after: number, limit: number) => Promise<readonly UserBatchRecord[]>,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLines([header])}`;
  for (let after = 0; ; ) {
    const page = await pages(after, pageSize);
    if (page.length > 0) yield csvLines(page.map(cellsOf));
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = last.position;
  }
}

function cellsOf(record: UserBatchRecord): string[] {
  return [
    record.username ?? '',
    record.firstName ?? '',
    record.lastName ?? '',
    record.userId ?? '',
    record.status,
    record.errorCode ?? '',
    record.reason ?? '',
    String(record.quickConnectsDeleted),
    record.time?.toISOString() ?? '',
    record.given ?? '',
    record.caseDiffers ? 'yes' : '',
    record.finding ?? '',
  ];
}

export function csvLines(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][], {
    record_delimiter: 'windows',
    escape_formulas: true,
    // The library quotes for CRLF only; a lone line break inside a cell would end the line for most readers.
    quoted_match: /[\r\n]/,
  });
}
