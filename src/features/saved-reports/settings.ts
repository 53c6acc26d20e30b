import { type Constraints, items, length, oneOf, pattern, range } from '../../operations/constraints.ts';
import { invalidParameter } from '../../operations/errors.ts';
import { connect, integer, list, nested, required, string, structure, type TypeOf } from '../../operations/shapes.ts';
import { checkTimeZone } from '../../operations/time-zone.ts';
import { checkDays, timeOfDay } from '../hours-of-operation/opening-hours.ts';
import { filtersIn, type GivenMetric, groupingsIn, metricConstraints, metricIn } from '../metrics/asking.ts';
import { type GroupingKey, groupingKeys, metricNamed, mostGroupings } from '../metrics/definitions.ts';
import { mostDays, type ReportInterval, reportIntervals } from '../metrics/historical-report.ts';
import {
  type GivenFilter,
  type GivenTimeRange,
  type ReportSettings,
  type TimeRangeType,
  timeRangeTypes,
  type View,
  views,
} from './types.ts';

const { Metrics, ...ofMetrics } = metricConstraints;

const day = pattern(/^\d{4}-\d\d-\d\d$/, 'a day, such as 2026-03-29');

const settingsShape = structure({
  Interval: string<ReportInterval>(),
  TimeZone: string(),
  TimeRange: required(
    nested(
      structure({
        Type: required(string<TimeRangeType>()),
        Days: integer(),
        StartDate: string(),
        EndDate: string(),
      }),
    ),
  ),
  Groupings: list(string<GroupingKey>()),
  Filters: list(connect<GivenFilter>('FilterV2')),
  Metrics: required(list(connect<GivenMetric>('MetricV2'))),
  View: string<View>(),
  ChartMetric: integer(),
});
export const settingsMember = nested(settingsShape);

export const settingsConstraints = {
  ...ofMetrics,
  'Settings.Interval': oneOf(...reportIntervals),
  'Settings.TimeZone': length(1, 100),
  'Settings.Groupings': items(0, mostGroupings),
  'Settings.Groupings[]': oneOf(...groupingKeys),
  'Settings.Filters': items(0, groupingKeys.length),
  'Settings.Metrics': Metrics,
  'Settings.View': oneOf(...views),
  'Settings.ChartMetric': range(0, 99),
  'TimeRange.Type': oneOf(...timeRangeTypes),
  'TimeRange.Days': range(1, 31),
  'TimeRange.StartDate': day,
  'TimeRange.EndDate': day,
} satisfies Constraints;

/** As JSON: a report of all metrics with a hundred ids has a tenth of it. */
const mostCharacters = 50_000;

/**
 * What is kept of what was given, with everything that was left out. Whether there is what the filters name is not asked: a
 * report is of what was, and outlives it.
 * @throws InvalidParameterException, InvalidRequestException as GetHistoricalReport for what is no report
 */
export function settingsIn(given: TypeOf<typeof settingsShape>): ReportSettings {
  const settings: ReportSettings = {
    Interval: given.Interval ?? 'TOTAL',
    TimeZone: given.TimeZone ?? 'UTC',
    TimeRange: given.TimeRange,
    Groupings: given.Groupings ?? [],
    Filters: given.Filters ?? [],
    Metrics: given.Metrics,
    View: given.View ?? 'TABLE',
    ...(given.ChartMetric !== undefined && { ChartMetric: given.ChartMetric }),
  };
  checkTimeZone(settings.TimeZone);
  checkTimeRange(settings.TimeRange, settings.Interval);
  groupingsIn(settings.Groupings, groupingKeys);
  filtersIn(settings.Filters, groupingKeys);
  for (const metric of settings.Metrics) metricIn(metric);
  if ((settings.ChartMetric ?? 0) >= settings.Metrics.length) {
    throw invalidParameter(
      `ChartMetric is the place of one of the Metrics, from 0 to ${settings.Metrics.length - 1}; it is ${settings.ChartMetric}.`,
    );
  }
  if (JSON.stringify(settings).length > mostCharacters) {
    throw invalidParameter(
      `Settings must have at most ${mostCharacters.toLocaleString('en')} characters as JSON. Choose fewer metrics, or fewer values of filters.`,
    );
  }
  // Without what is undefined, as it is kept.
  return JSON.parse(JSON.stringify(settings)) as ReportSettings;
}

/** @throws InvalidParameterException */
function checkTimeRange({ Type, Days, StartDate, EndDate }: GivenTimeRange, interval: ReportInterval): void {
  const most = mostDays[interval];
  const tooLong = () => invalidParameter(`With the Interval ${interval}, TimeRange may have ${most} days at most.`);
  if ((Type === 'LAST_DAYS') !== (Days !== undefined)) {
    throw invalidParameter('TimeRange needs Days if its Type is LAST_DAYS, and otherwise has none.');
  }
  if (Days !== undefined && Days > most) throw tooLong();
  if (Type === 'LAST_24_HOURS' && interval === 'DAY') {
    throw invalidParameter('TimeRange: the last 24 hours are no whole days. Choose another Type, or another Interval.');
  }
  const dates = [StartDate, EndDate].filter((date) => date !== undefined);
  if (dates.length !== (Type === 'CUSTOM' ? 2 : 0)) {
    throw invalidParameter('TimeRange needs StartDate and EndDate if its Type is CUSTOM, and otherwise has neither.');
  }
  const [from, till] = dates;
  if (from === undefined || till === undefined) return;
  checkDays(['StartDate', 'EndDate'], from, till);
  if ((timeOfDay(till) - timeOfDay(from)) / 86_400_000 >= most) throw tooLong();
}

/** The metrics of a report that this version does not know. */
export const unknownMetrics = ({ Metrics: metrics }: ReportSettings): string[] =>
  metrics.flatMap(({ Name: name = '' }) => (metricNamed(name) ? [] : [name]));
