import type { ReportSettings } from './report-settings.ts';
import { dimensionText, intervalText, momentsOfRow, type ReportRow } from './report-words.ts';

export interface ChartPoint {
  readonly x: string;
  readonly y: number;
}

interface ChartSeries {
  readonly title: string;
  readonly data: readonly ChartPoint[];
}

export interface ChartData {
  /** In their order from left to right. */
  readonly categories: readonly string[];
  readonly series: readonly ChartSeries[];
  /** How many groups have the most, and are shown; and how many there are. */
  readonly shown: number;
  readonly all: number;
}

/** Beyond these nobody tells the colours, or reads the labels. */
const mostSeries = 8;
const mostBars = 25;

/** One metric of a report: by time a series for each group, of a total a point for each group. */
export function chartOf(
  rows: readonly ReportRow[],
  settings: Pick<ReportSettings, 'interval' | 'zone' | 'groupings'>,
  metric: { readonly index: number; readonly title: string; readonly summed: boolean },
): ChartData {
  const valueIn = (row: ReportRow) => row.Values[metric.index]?.Value;
  const groups = new Map<string, { title: string; weight: number; rows: ReportRow[] }>();
  for (const row of rows) {
    if (valueIn(row) === undefined) continue;
    const key = row.Dimensions.map(({ Id }) => Id ?? '').join(' ');
    const title = row.Dimensions.map(dimensionText).join(' · ') || 'All';
    const group = groups.get(key) ?? { title, weight: 0, rows: [] };
    group.rows.push(row);
    const value = valueIn(row) ?? 0;
    group.weight = metric.summed ? group.weight + value : Math.max(group.weight, value);
    groups.set(key, group);
  }
  const byWeight = [...groups.values()].sort((one, other) => other.weight - one.weight);
  distinguish(byWeight);
  if (settings.interval === 'TOTAL') {
    const shown = byWeight.slice(0, mostBars);
    const data = shown.map(({ title, weight }) => ({ x: title, y: weight }));
    return {
      categories: data.map(({ x }) => x),
      series: data.length > 0 ? [{ title: metric.title, data }] : [],
      shown: shown.length,
      all: byWeight.length,
    };
  }
  const shown = byWeight.slice(0, mostSeries);
  const label = (row: ReportRow) => intervalText(momentsOfRow(row), settings);
  const times = new Map(shown.flatMap((group) => group.rows).map((row) => [row.StartTime, label(row)]));
  const categories = [...times].sort(([one], [other]) => one - other).map(([, text]) => text);
  return {
    categories,
    series: shown.map((group) => ({
      title: group.title,
      data: group.rows.map((row) => ({ x: label(row), y: valueIn(row) ?? 0 })),
    })),
    shown: shown.length,
    all: byWeight.length,
  };
}

/** Of the same name, as two queues of different times may be, each has a number. */
function distinguish(groups: { title: string }[]): void {
  const seen = new Map<string, number>();
  for (const group of groups) {
    const count = (seen.get(group.title) ?? 0) + 1;
    seen.set(group.title, count);
    if (count > 1) group.title = `${group.title} (${count})`;
  }
}
