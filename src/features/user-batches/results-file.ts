import { csvFile, lastOfFull } from '../../operations/csv.ts';
import type { AnyKind } from './kinds/kind.ts';
import type { UserBatchRecord } from './types.ts';

/** A batch's results as a file, with the counts of its kind. */
export function resultsFile(
  pages: (after: number, limit: number) => Promise<readonly UserBatchRecord[]>,
  counts: AnyKind['counts'],
): AsyncGenerator<string> {
  const columns = columnsOf(counts);
  return csvFile(
    columns.map(([title]) => title),
    (record: UserBatchRecord) => columns.map(([, cell]) => cell(record)),
    async (after: number | null, limit) => {
      const items = await pages(after ?? 0, limit);
      return { items, last: lastOfFull(items, limit)?.position ?? null };
    },
  );
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
