import { beginningOfDay, clockAt } from '../api/intervals.ts';

const dayLength = 86_400_000;

/** From a first moment to the one behind the last. */
export interface Moments {
  readonly start: Date;
  readonly end: Date;
}

/** The day of a moment in a time zone, such as 2026-03-29. */
export const dayOf = (time: Date, zone: string): string =>
  new Date(clockAt(time, zone)).toISOString().slice(0, 'YYYY-MM-DD'.length);

/** A day so many days before another. */
export const daysBefore = (day: string, days: number): string =>
  dayOf(new Date(Date.parse(day) - days * dayLength), 'UTC');

/** A day from its first moment to that of the next; 23 or 25 hours where clocks are changed, none where the zone left it out. */
export function boundsOfDay(day: string, zone: string): Moments {
  const midnight = Date.parse(day);
  return { start: beginningOfDay(midnight, zone), end: beginningOfDay(midnight + dayLength, zone) };
}
