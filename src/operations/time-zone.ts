import { invalidParameter } from './errors.ts';
import { clockAt } from './zone-clock.ts';

/** @throws InvalidParameterException for what is no time zone of the IANA database */
export function checkTimeZone(timeZone: string): void {
  // An offset such as +01:00 is a time zone to Intl, but no IANA name.
  const named = /^[A-Za-z]/.test(timeZone);
  try {
    if (named && new Intl.DateTimeFormat('en', { timeZone })) return;
  } catch {
    // falls through to the refusal
  }
  throw invalidParameter('TimeZone is not the name of an IANA time zone, such as America/New_York or UTC.');
}

const day = 86_400_000;

/**
 * A time that is asked for has at most so many days. The clock may be put back or forward within them: they are too many if they
 * are by the zone's clock as well. @throws InvalidParameterException
 */
export function requireDays(
  start: Date,
  end: Date,
  most: number,
  { timeZone = 'UTC', asked }: { readonly timeZone?: string | undefined; readonly asked?: string } = {},
): void {
  if (start >= end) throw invalidParameter('StartTime must be before EndTime.');
  const long = most * day;
  if (end.getTime() - start.getTime() <= long || clockAt(end, timeZone) - clockAt(start, timeZone) <= long) return;
  throw invalidParameter(`${asked ? `With ${asked}, f` : 'F'}rom StartTime to EndTime may be ${most} days at most.`);
}
