import { edgesOf } from '../../api/intervals.ts';
import type { Moments } from '../../components/calendar.ts';
import type { ReportSettings } from './report-settings.ts';
import { dimensionText, intervalText, momentsOfRow, type ReportRow } from './report-words.ts';

export interface ChartPoint {
  readonly x: string;
  readonly y: number;
}

/** A line is one for each stretch of intervals with values: nothing is drawn where there is none. */
interface ChartSeries {
  readonly title: string;
  /** Which group it is of, from 0. */
  readonly group: number;
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
  { start, end }: Moments,
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
      series: data.length > 0 ? [{ title: metric.title, group: 0, data }] : [],
      shown: shown.length,
      all: byWeight.length,
    };
  }
  const shown = byWeight.slice(0, mostSeries);
  const edges = edgesOf(start, end, settings.interval, settings.zone).map((edge) => edge.getTime() / 1000);
  const starts = edges.slice(0, -1);
  const categories = starts.map((StartTime, place) =>
    intervalText(momentsOfRow({ StartTime, EndTime: edges[place + 1] ?? StartTime }), settings),
  );
  return {
    categories,
    series: shown.flatMap(({ title, rows: own }, group) => {
      const values = new Map(own.map((row) => [row.StartTime, valueIn(row)]));
      // Where a sum or a number has no row, nothing happened: that is none. An average of nothing is not.
      const points = starts.map((time) => values.get(time) ?? (metric.summed ? 0 : undefined));
      return stretches(points, categories).map((data) => ({ title, group, data }));
    }),
    shown: shown.length,
    all: byWeight.length,
  };
}

function stretches(points: readonly (number | undefined)[], categories: readonly string[]): ChartPoint[][] {
  const found: ChartPoint[][] = [];
  let open: ChartPoint[] | null = null;
  for (const [place, y] of points.entries()) {
    const x = categories[place];
    if (y === undefined || x === undefined) {
      open = null;
      continue;
    }
    if (!open) {
      open = [];
      found.push(open);
    }
    open.push({ x, y });
  }
  return found;
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
