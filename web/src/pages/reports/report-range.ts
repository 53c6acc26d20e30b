import { edgesOf } from '../../api/intervals.ts';

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

const isDay = (text: string | undefined): text is string => text !== undefined && /^\d{4}-\d\d-\d\d$/.test(text);

/** Null for what is none. */
export function readRange(text: string): ReportRange | null {
  for (const kind of ['MONTH', 'YESTERDAY', 'LAST_24_HOURS'] as const) if (text === words[kind]) return { kind };
  const days = Number(/^last-(\d{1,2})$/.exec(text)?.[1] ?? 0);
  if (days > 0) return { kind: 'LAST_DAYS', days };
  const [from, to, ...rest] = text.split('..');
  return isDay(from) && isDay(to) && rest.length === 0 ? { kind: 'CUSTOM', from, to } : null;
}

export function writeRange(range: ReportRange): string {
  if (range.kind === 'LAST_DAYS') return `last-${range.days}`;
  return range.kind === 'CUSTOM' ? `${range.from}..${range.to}` : words[range.kind];
}

export interface Moments {
  readonly start: Date;
  readonly end: Date;
}

const hour = 3_600_000;
const day = 24 * hour;

/** The day of a time by the zone's calendar, as YYYY-MM-DD. */
export function dayOf(time: Date, zone: string): string {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
  return `${parts.year}-${parts.month}-${parts.day}`;
}

/** Where days of the zone begin between two times. */
const midnights = (from: number, to: number, zone: string) =>
  edgesOf(new Date(from), new Date(to), 'DAY', zone).slice(1, -1);

/** When a day of the calendar begins; undefined for a day that there is not. */
function beginningOf(text: string, zone: string): Date | undefined {
  const about = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(about)) return undefined;
  return midnights(about - 2 * day, about + 2 * day, zone).find((time) => dayOf(time, zone) === text);
}

const dayAfter = (text: string) => new Date(Date.parse(`${text}T00:00:00Z`) + day).toISOString().slice(0, 10);

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
    const minutes = Number(new Intl.DateTimeFormat('en', { timeZone: zone, minute: 'numeric' }).format(end));
    if (interval === 'THIRTY_MIN' && minutes % 30 !== 0) end.setTime(end.getTime() - hour / 4);
    return { start: new Date(end.getTime() - day), end };
  }
  if (range.kind === 'CUSTOM') {
    const start = beginningOf(range.from, zone);
    const end = Number.isNaN(Date.parse(range.to)) ? undefined : beginningOf(dayAfter(range.to), zone);
    if (!start || !end) return { problem: 'A day of the range is not in the calendar. Choose the days anew.' };
    if (start >= end) return { problem: 'The range ends before it begins. Choose the days anew.' };
    return Math.round((end.getTime() - start.getTime()) / day) > most ? tooLong : { start, end };
  }
  const begun = midnights(now.getTime() - 70 * day, now.getTime() + 2 * day, zone).filter((time) => time <= now);
  const end = begun.at(-1) ?? now;
  const days =
    range.kind === 'LAST_DAYS' ? range.days : range.kind === 'YESTERDAY' ? 1 : Number(dayOf(now, zone).slice(-2)) - 1;
  if (days === 0) return { problem: 'No day of this month is over. Choose another range.' };
  if (days > most) return tooLong;
  return { start: begun.at(-1 - days) ?? end, end };
}
