import { isOnClock } from '../../api/intervals.ts';
import { boundsOfDay, dayOf, daysBefore, type Moments } from '../../components/calendar.ts';
import { isDay } from '../../components/time-zone.ts';

/** Whole days but for the last 24 hours. */
export type ReportRange =
  | { readonly kind: 'LAST_DAYS'; readonly days: number }
  | { readonly kind: 'MONTH' | 'YESTERDAY' | 'LAST_24_HOURS' }
  /** Both days are in it, as YYYY-MM-DD. */
  | { readonly kind: 'CUSTOM'; readonly from: string; readonly to: string };

export const reportIntervals = ['FIFTEEN_MIN', 'THIRTY_MIN', 'DAY', 'TOTAL'] as const;
export type ReportInterval = (typeof reportIntervals)[number];

export const mostDays: Readonly<Record<ReportInterval, number>> = { FIFTEEN_MIN: 3, THIRTY_MIN: 3, DAY: 31, TOTAL: 31 };

const words = { MONTH: 'month', YESTERDAY: 'yesterday', LAST_24_HOURS: '24h' } as const;

/** Null for what is none. */
export function readRange(text: string): ReportRange | null {
  for (const kind of ['MONTH', 'YESTERDAY', 'LAST_24_HOURS'] as const) if (text === words[kind]) return { kind };
  const days = Number(/^last-(\d{1,2})$/.exec(text)?.[1] ?? 0);
  if (days > 0) return { kind: 'LAST_DAYS', days };
  const [from = '', to, ...rest] = text.split('..');
  return to !== undefined && isDay(from) && isDay(to) && rest.length === 0 ? { kind: 'CUSTOM', from, to } : null;
}

export function writeRange(range: ReportRange): string {
  if (range.kind === 'LAST_DAYS') return `last-${range.days}`;
  return range.kind === 'CUSTOM' ? `${range.from}..${range.to}` : words[range.kind];
}

const hour = 3_600_000;
const day = 24 * hour;

/** From when to when, or why there is no report of it. */
export function momentsOf(
  { range, interval, zone }: { readonly range: ReportRange; readonly interval: ReportInterval; readonly zone: string },
  now: Date,
): Moments | { readonly problem: string } {
  const most = mostDays[interval];
  const tooLong = {
    problem: `With this interval a report holds ${most} days at most. Choose a shorter range or another interval.`,
  };
  if (range.kind === 'LAST_24_HOURS') {
    if (interval === 'DAY') {
      return { problem: 'The last 24 hours are no whole days. Choose another range, or another interval than Daily.' };
    }
    // Half hours are those of the zone's clock, which may be a quarter off.
    const end = new Date(Math.floor(now.getTime() / (hour / 4)) * (hour / 4));
    if (interval === 'THIRTY_MIN' && !isOnClock(end, 30, zone)) end.setTime(end.getTime() - hour / 4);
    return { start: new Date(end.getTime() - day), end };
  }
  if (range.kind === 'CUSTOM') {
    if (range.from === '' || range.to === '') return { problem: 'Choose the first and the last day of the range.' };
    const [first, last] = [range.from, range.to].filter(isDay).map((text) => boundsOfDay(text, zone));
    // A zone that changes its date leaves a day out.
    if (!first || !last || [first, last].some((one) => one.start >= one.end)) {
      return { problem: 'A day of the range is not in the calendar. Choose the days anew.' };
    }
    const { start } = first;
    const { end } = last;
    if (start >= end) return { problem: 'The range ends before it begins. Choose the days anew.' };
    return Math.round((end.getTime() - start.getTime()) / day) > most ? tooLong : { start, end };
  }
  if (range.kind === 'LAST_DAYS' && range.days < 1) return { problem: `Enter a number of days from 1 to ${most}.` };
  const today = dayOf(now, zone);
  const days = range.kind === 'LAST_DAYS' ? range.days : range.kind === 'YESTERDAY' ? 1 : Number(today.slice(-2)) - 1;
  if (days === 0) return { problem: 'No day of this month is over. Choose another range.' };
  if (days > most) return tooLong;
  return { start: boundsOfDay(daysBefore(today, days), zone).start, end: boundsOfDay(today, zone).start };
}
