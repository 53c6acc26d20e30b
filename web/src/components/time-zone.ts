/** A day of the calendar, such as 2026-03-29. */
const dayForm = /^(\d{4})-(\d\d)-(\d\d)$/;

export const isDay = (text: string): boolean =>
  dayForm.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text);

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(zone: string, time: number): Record<string, string> {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  formats.set(zone, format);
  return Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
}

/** What a clock there shows, written as if it were UTC. */
function wallClock(zone: string, time: number): number {
  const { year, month, day, hour, minute, second } = partsIn(zone, time);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

/** The day of a moment in a time zone. */
export function dayOf(time: Date, zone: string): string {
  const { year, month, day } = partsIn(zone, time.getTime());
  return `${year}-${month}-${day}`;
}

/** When a day begins in a time zone: at midnight, or where the clock skips that, at the first moment after. */
function startOfDay(day: string, zone: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // No clock differs from UTC by more than 14 hours, and none changes more than once in the time between.
  const guesses = [-14, 14].map((hours) => {
    const near = midnight + hours * 3_600_000;
    return midnight - (wallClock(zone, near) - near);
  });
  const fitting = guesses.filter((guess) => wallClock(zone, guess) === midnight);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : Math.max(...guesses));
}

/** A day from its first moment to that of the next; 23 or 25 hours where clocks are changed. */
export function boundsOfDay(day: string, zone: string): { start: Date; end: Date } {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return { start: startOfDay(day, zone), end: startOfDay(next, zone) };
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** All that the browser knows; UTC first. */
export const timeZones = (): string[] => [
  'UTC',
  ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC'),
];

export function isTimeZone(zone: string): boolean {
  try {
    return partsIn(zone, 0).year === '1970' || partsIn(zone, 0).year === '1969';
  } catch {
    return false;
  }
}

/** A time of the wire, epoch seconds, as a clock in the zone shows it. */
export const formatTimeIn = (seconds: number, zone: string): string =>
  new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone }).format(
    seconds * 1000,
  );
