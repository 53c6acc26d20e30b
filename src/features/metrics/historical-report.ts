import type { Db } from '../../database/db.ts';
import { type Constraints, instanceId, items, length, oneOf } from '../../operations/constraints.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { invalidParameter } from '../../operations/errors.ts';
import { connect, label, list, required, string, structure, type TypeOf, timestamp } from '../../operations/shapes.ts';
import { checkTimeZone, requireDays } from '../../operations/time-zone.ts';
import { deletionMarks } from '../contacts/agents-today.ts';
import type { Asked } from './asked.ts';
import { filtersIn, type GivenMetric, groupingsIn, metricConstraints, metricIn } from './asking.ts';
import { type GroupingKey, groupingKeys, mostCells, mostGroupings } from './definitions.ts';
import { edgesOf, isMidnight, isOnClock } from './intervals.ts';
import { type Named, namesOf } from './names-store.ts';
import { computeReport, goesWith, isToBeShown } from './report.ts';

export const reportIntervals = ['FIFTEEN_MIN', 'THIRTY_MIN', 'DAY', 'TOTAL'] as const;
export type ReportInterval = (typeof reportIntervals)[number];

interface GivenFilter {
  readonly FilterKey?: string | undefined;
  readonly FilterValues?: string[] | undefined;
}

/** What the report and its file take. */
export const reportInput = structure({
  InstanceId: label(),
  StartTime: required(timestamp()),
  EndTime: required(timestamp()),
  Interval: string<ReportInterval>(),
  TimeZone: string(),
  Groupings: list(string<GroupingKey>()),
  Filters: list(connect<GivenFilter>('FilterV2')),
  Metrics: required(list(connect<GivenMetric>('MetricV2'))),
});

export const reportConstraints = {
  ...instanceId,
  ...metricConstraints,
  Interval: oneOf(...reportIntervals),
  TimeZone: length(1, 100),
  Groupings: items(0, mostGroupings),
  'Groupings[]': oneOf(...groupingKeys),
  Filters: items(0, groupingKeys.length),
} satisfies Constraints;

type Input = TypeOf<typeof reportInput>;

/** How many days a report has at most, by its interval. */
export const mostDays: Readonly<Record<ReportInterval, number>> = { FIFTEEN_MIN: 3, THIRTY_MIN: 3, DAY: 31, TOTAL: 31 };

const edgeWords: Readonly<Record<ReportInterval, string>> = {
  FIFTEEN_MIN: 'a quarter of an hour',
  THIRTY_MIN: 'half an hour',
  DAY: 'the beginning of a day in TimeZone',
  TOTAL: 'a quarter of an hour',
};

/** @throws InvalidParameterException, InvalidRequestException */
function askedIn(input: Input): Asked {
  const { StartTime: start, EndTime: end, Interval: interval = 'TOTAL', TimeZone: timeZone = 'UTC' } = input;
  checkTimeZone(timeZone);
  requireDays(start, end, mostDays[interval], { timeZone, asked: `the Interval ${interval}` });
  for (const [member, time] of [
    ['StartTime', start],
    ['EndTime', end],
  ] as const) {
    const stands =
      interval === 'DAY' ? isMidnight(time, timeZone) : isOnClock(time, interval === 'THIRTY_MIN' ? 30 : 15, timeZone);
    if (!stands) throw invalidParameter(`With the Interval ${interval}, ${member} must be ${edgeWords[interval]}.`);
  }
  return {
    edges: edgesOf(start, end, interval, timeZone),
    groupings: groupingsIn(input.Groupings, groupingKeys),
    filters: filtersIn(input.Filters, groupingKeys),
    metrics: input.Metrics.map(metricIn),
  };
}

export interface ShownDimension extends Named {
  readonly Key: GroupingKey;
  readonly Id?: string | undefined;
}

export interface ShownRow {
  readonly StartTime: Date;
  readonly EndTime: Date;
  readonly Dimensions: ShownDimension[];
  readonly Deleted?: { readonly Time: Date; readonly By?: string | undefined } | undefined;
  readonly Values: { Value?: number | undefined }[];
}

export interface ShownReport {
  readonly asked: Asked;
  /** Of each metric, whether it goes with the groupings and filters. */
  readonly applicable: readonly boolean[];
  readonly rows: readonly ShownRow[];
  readonly totals: { Value?: number | undefined }[];
  readonly truncated: boolean;
}

/** The report with its names, by interval and then by names. */
export async function historicalReport(context: InstanceContext<Db>, input: Input): Promise<ShownReport> {
  const asked = askedIn(input);
  const { edges, groupings, metrics } = asked;
  const columns = 2 + groupings.length + metrics.length;
  const report = await computeReport(context, asked, Math.floor(mostCells / columns));
  const nameOf = await namesOf(context, groupings, report.snapshots);
  const agent = groupings.indexOf('AGENT');
  const deletionOf = await deletionMarks(
    context,
    report.rows.flatMap(({ keys }) => keys[agent] ?? []),
  );
  const rows = report.rows
    .filter((row) => isToBeShown(row, asked))
    .map(({ interval, keys, values }) => {
      const deletion = deletionOf(keys[agent] ?? '');
      const row = {
        StartTime: edges[interval] ?? input.StartTime,
        EndTime: edges[interval + 1] ?? input.EndTime,
        Dimensions: groupings.map((Key, index) => {
          const Id = keys[index] ?? undefined;
          return { Key, Id, ...(Id !== undefined && nameOf(Key, Id)) };
        }),
        Deleted: deletion && { Time: deletion.time, By: deletion.by },
        Values: values.map(shownValue),
      } satisfies ShownRow;
      return { interval, row };
    });
  const order = new Intl.Collator('en', { numeric: true });
  const wordOf = ({ Name, Id }: ShownDimension) => Name ?? Id;
  rows.sort((one, other) => {
    if (one.interval !== other.interval) return one.interval - other.interval;
    for (const [index, dimension] of one.row.Dimensions.entries()) {
      const against = other.row.Dimensions[index];
      const [a, b] = [wordOf(dimension), against && wordOf(against)];
      if (a === undefined || b === undefined) {
        if (a !== b) return a === undefined ? 1 : -1;
        continue;
      }
      const difference = order.compare(a, b) || order.compare(dimension.Id ?? '', against?.Id ?? '');
      if (difference !== 0) return difference;
    }
    return 0;
  });
  return {
    asked,
    applicable: metrics.map((metric) => goesWith(asked, metric)),
    rows: rows.map(({ row }) => row),
    totals: report.totals.map(shownValue),
    truncated: report.truncated,
  };
}

const shownValue = (value: number | null) => ({ Value: value ?? undefined });
