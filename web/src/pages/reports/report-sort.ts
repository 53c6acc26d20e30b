import { dimensionText, type ReportRow } from './report-words.ts';

/** A column of a report: when, of what, or a metric by its place. */
export type SortKey = 'interval' | `group-${number}` | `metric-${number}`;

export interface Sorting {
  readonly by: SortKey;
  readonly descending: boolean;
}

/** Null for no column: then rows stand as the server has them, by interval and names. */
export function readSorting(text: string | undefined): Sorting | null {
  const [, minus, by] = /^(-?)(interval|group-[0-4]|metric-\d{1,2})$/.exec(text ?? '') ?? [];
  return by === undefined ? null : { by: by as SortKey, descending: minus === '-' };
}

export const writeSorting = ({ by, descending }: Sorting): string => `${descending ? '-' : ''}${by}`;

const order = new Intl.Collator('en', { numeric: true });

/** What has no value comes last in both orders. */
export function sorted(rows: readonly ReportRow[], sorting: Sorting | null): readonly ReportRow[] {
  if (!sorting) return rows;
  const { by, descending } = sorting;
  const index = Number(by.split('-')[1] ?? 0);
  const wordOf = (row: ReportRow): number | string | undefined => {
    if (by === 'interval') return row.StartTime;
    if (by.startsWith('metric')) return row.Values[index]?.Value;
    const dimension = row.Dimensions[index];
    return dimension?.Id === undefined ? undefined : dimensionText(dimension);
  };
  const direction = descending ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [a, b] = [wordOf(one), wordOf(other)];
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
    return direction * (typeof a === 'number' ? a - Number(b) : order.compare(a, String(b)));
  });
}
