import type { GivenMetric } from '../metrics/asking.ts';
import type { GroupingKey } from '../metrics/definitions.ts';
import type { ReportInterval } from '../metrics/historical-report.ts';

/** The built-in report that a saved one was made from. */
export const savedReportTypes = ['AGENT_PERFORMANCE', 'CONTACT_METRICS', 'AGENT_METRICS'] as const;
export type SavedReportType = (typeof savedReportTypes)[number];

/** Who may open it: the owner, whoever has its id, or everybody who may see saved reports, in whose list it is. */
export const savedReportStatuses = ['PRIVATE', 'SHARED', 'PUBLISHED'] as const;
export type SavedReportStatus = (typeof savedReportStatuses)[number];

export const timeRangeTypes = ['LAST_DAYS', 'MONTH_TO_DATE', 'YESTERDAY', 'LAST_24_HOURS', 'CUSTOM'] as const;
export type TimeRangeType = (typeof timeRangeTypes)[number];

export const views = ['TABLE', 'BAR_CHART', 'LINE_CHART'] as const;
export type View = (typeof views)[number];

/** Days are those of the report's time zone; without today, but for the last 24 hours. */
export interface GivenTimeRange {
  readonly Type: TimeRangeType;
  readonly Days?: number | undefined;
  readonly StartDate?: string | undefined;
  /** Within the range. */
  readonly EndDate?: string | undefined;
}

export interface GivenFilter {
  readonly FilterKey?: string | undefined;
  readonly FilterValues?: string[] | undefined;
  readonly StringCondition?: { readonly Comparison?: string | undefined } | undefined;
}

/** By the names that GetHistoricalReport has for them: as given, as kept and as answered. */
export interface ReportSettings {
  readonly Interval: ReportInterval;
  readonly TimeZone: string;
  readonly TimeRange: GivenTimeRange;
  readonly Groupings: GroupingKey[];
  readonly Filters: GivenFilter[];
  readonly Metrics: GivenMetric[];
  readonly View: View;
  /** Which of the metrics a chart is of, from 0. */
  readonly ChartMetric?: number | undefined;
}

export interface Owner {
  readonly type: 'USER' | 'ACCESS_KEY';
  readonly id: string;
  /** As of the report's creation. */
  readonly name: string;
}

export interface SavedReport {
  readonly id: string;
  readonly name: string;
  readonly type: SavedReportType;
  readonly status: SavedReportStatus;
  readonly owner: Owner;
  readonly settings: ReportSettings;
  readonly version: number;
  readonly createdTime: Date;
  readonly lastModifiedTime: Date;
}
