import { invalidParameter } from './errors.ts';

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
