import { clockAt } from '../../api/intervals.ts';
import type { MetricUnit } from '../../api/metrics.ts';
import type { OutputOf } from '../../api/operations.ts';
import { boundsOfDay, dayOf, type Moments } from '../../components/calendar.ts';
import { formatDuration, spoken } from '../../components/words.ts';
import type { ReportInterval, ReportRange } from './report-range.ts';
import type { ReportSettings } from './report-settings.ts';

export type ReportAnswer = OutputOf<'GetHistoricalReport'>;
export type ReportRow = ReportAnswer['Rows'][number];
export type Dimension = ReportRow['Dimensions'][number];

export const intervalWords: Readonly<Record<ReportInterval, string>> = {
  FIFTEEN_MIN: '15 minutes',
  THIRTY_MIN: '30 minutes',
  DAY: 'Daily',
  TOTAL: 'Total',
};

export function rangeText(range: ReportRange): string {
  switch (range.kind) {
    case 'LAST_DAYS':
      return range.days === 1 ? 'Last day' : `Last ${range.days} days`;
    case 'MONTH':
      return 'Month to date';
    case 'YESTERDAY':
      return 'Yesterday';
    case 'LAST_24_HOURS':
      return 'Last 24 hours';
    case 'CUSTOM':
      return range.from === range.to ? range.from : `${range.from} to ${range.to}`;
  }
}

/** Stands where there is no value. */
export const noValue = '–';

const numbers = new Intl.NumberFormat('en', { maximumFractionDigits: 2 });
const shares = new Intl.NumberFormat('en', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Times as hh:mm:ss with as many hours as there are, shares as per cent with two decimals. */
export function valueText(value: number | undefined, unit: MetricUnit): string {
  if (value === undefined) return noValue;
  if (unit === 'COUNT') return numbers.format(value);
  if (unit !== 'SECONDS') return `${shares.format(unit === 'RATIO' ? value * 100 : value)}%`;
  return formatDuration(value);
}

/** What a row is of: a name where there is one, and words for what has none. */
export function dimensionText({ Key, Id, Name, Type }: Dimension): string {
  if (Name !== undefined) return Key === 'CHANNEL' ? spoken(Name) : Name;
  if (Id === undefined) return noneWords[Key] ?? 'None';
  return Type === 'AGENT' ? 'An agent’s own queue' : Id;
}

const noneWords: Readonly<Partial<Record<Dimension['Key'], string>>> = { AGENT: 'No agent', QUEUE: 'No queue' };

/** Whether the clocks of the zone are changed in the day of a moment. */
function isClockChanged(time: Date, zone: string): boolean {
  const { start, end } = boundsOfDay(dayOf(time, zone), zone);
  return clockAt(start, zone) - start.getTime() !== clockAt(end, zone) - end.getTime();
}

/**
 * The interval of a row by the report's zone: a day, or the minutes of one; where clocks are changed in that day with their
 * offsets, which tell the hour that comes twice.
 */
export function intervalText({ start, end }: Moments, { interval, zone }: Pick<ReportSettings, 'interval' | 'zone'>) {
  const date = new Intl.DateTimeFormat(undefined, { timeZone: zone, dateStyle: 'medium' });
  if (interval === 'DAY') return date.format(start);
  if (interval !== 'TOTAL') {
    const time = new Intl.DateTimeFormat(undefined, {
      timeZone: zone,
      hour: '2-digit',
      minute: '2-digit',
      ...(isClockChanged(start, zone) && { timeZoneName: 'shortOffset' }),
    });
    return `${date.format(start)}, ${time.format(start)} – ${time.format(end)}`;
  }
  const [from, to] = [start, new Date(end.getTime() - 1)];
  if (dayOf(from, zone) === dayOf(to, zone)) return date.format(from);
  return `${date.format(from)} – ${date.format(to)}`;
}

export const momentsOfRow = ({ StartTime, EndTime }: Pick<ReportRow, 'StartTime' | 'EndTime'>): Moments => ({
  start: new Date(StartTime * 1000),
  end: new Date(EndTime * 1000),
});
