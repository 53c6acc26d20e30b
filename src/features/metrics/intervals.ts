import { clockAt, offsets } from '../../operations/zone-clock.ts';

/** How a range of time is cut. */
export type IntervalPeriod = 'FIFTEEN_MIN' | 'THIRTY_MIN' | 'HOUR' | 'DAY' | 'WEEK' | 'TOTAL';

const minute = 60_000;
export const quarter = 15 * minute;
const day = 24 * 60 * minute;

const minutes = { FIFTEEN_MIN: 15, THIRTY_MIN: 30, HOUR: 60 } as const;

/**
 * The beginnings of the intervals from `start` and the end of the last. Days and weeks are those of the time zone: on the days
 * of change they have 23 or 25 hours, and a day whose midnight does not exist begins at the first moment that does. A range
 * that begins or ends inside an interval has a part of it.
 */
export function edgesOf(start: Date, end: Date, period: IntervalPeriod, timeZone: string): readonly Date[] {
  if (period === 'TOTAL') return [start, end];
  const inner =
    period === 'DAY' || period === 'WEEK'
      ? midnightsWithin(start, end, timeZone, period === 'WEEK')
      : clockEdges(start, end, minutes[period], timeZone);
  return [start, ...inner, end];
}

/** Every so many minutes of the zone's clock. */
function clockEdges(start: Date, end: Date, every: number, timeZone: string): Date[] {
  const edges: Date[] = [];
  const offsetOf = offsets(timeZone);
  let time = Math.floor(start.getTime() / quarter) * quarter + quarter;
  // Quarters of an hour are those of every zone; which of them begin an interval depends on its offset.
  for (; time < end.getTime(); time += quarter) {
    if (((time + offsetOf(time)) / minute) % every === 0) edges.push(new Date(time));
  }
  return edges;
}

function midnightsWithin(start: Date, end: Date, timeZone: string, mondays: boolean): Date[] {
  const offsetOf = offsets(timeZone);
  const edges: Date[] = [];
  let local = Math.floor((start.getTime() + offsetOf(start.getTime())) / day) * day + day;
  for (; ; local += day) {
    const time = firstMomentOf(local, offsetOf);
    if (time >= end.getTime()) return edges;
    // 1970-01-05 was a Monday.
    const isMonday = (local / day - 4) % 7 === 0;
    // Where a whole day was left out of the calendar, two begin at once.
    if (time > start.getTime() && time !== edges.at(-1)?.getTime() && (isMonday || !mondays))
      edges.push(new Date(time));
  }
}

/** When a day of the zone begins; `midnight` is that of the day as if it were UTC. */
export const beginningOfDay = (midnight: number, timeZone: string): Date =>
  new Date(firstMomentOf(midnight, offsets(timeZone)));

/** Whether a day of the zone begins at this time. */
export const isMidnight = (time: Date, timeZone: string): boolean =>
  beginningOfDay(Math.floor(clockAt(time, timeZone) / day) * day, timeZone).getTime() === time.getTime();

/** Whether a time is a multiple of so many minutes by the zone's clock. */
export const isOnClock = (time: Date, every: number, timeZone: string): boolean =>
  clockAt(time, timeZone) % (every * minute) === 0;

/** When the zone's calendar turns to a day; `local` is its midnight as if it were UTC. Of two the first. */
function firstMomentOf(local: number, offsetOf: (time: number) => number): number {
  // Whatever the zone does around this day, the first moment of the day lies in between: it is sought by halves.
  let before = local - 2 * day;
  let after = local + 2 * day;
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2 / 1000) * 1000;
    if (middle + offsetOf(middle) >= local) after = middle;
    else before = middle;
  }
  return earlierTwin(after, local, offsetOf);
}

/** Where the clock is put back across midnight, the day has begun once before. */
function earlierTwin(found: number, local: number, offsetOf: (time: number) => number): number {
  for (let time = found - 3 * 60 * minute; time < found; time += quarter) {
    if (time + offsetOf(time) === local) return time;
  }
  return found;
}
