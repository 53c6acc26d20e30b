import { RefusedValue } from './refused-value.ts';

/** The years 1 to 9999: what ISO 8601 text, JSON and PostgreSQL can all say. */
const earliest = -62_135_596_800_000;
const latest = 253_402_300_799_999;

/** @throws RefusedValue */
export function dateOfSeconds(seconds: number, path: string): Date {
  const milliseconds = Math.round(seconds * 1000);
  if (!(milliseconds >= earliest && milliseconds <= latest)) {
    throw new RefusedValue(`${path} must be a time in the years 1 to 9999.`);
  }
  return new Date(milliseconds);
}

const iso = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** @throws RefusedValue for text that is not a full date and time with its offset, such as 2024-02-29T12:30:00Z. */
export function dateOfIso(text: string, path: string): Date {
  const [, year, month, day] = (iso.exec(text) ?? []).map(Number);
  const date = new Date(text.toUpperCase());
  // JavaScript takes the 30th of February for the 1st of March.
  const daysInMonth = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
  if (year === undefined || day === undefined || Number.isNaN(date.getTime()) || day > daysInMonth) {
    throw new RefusedValue(`${path} must be an ISO 8601 time with its offset, such as 2024-02-29T12:30:00Z.`);
  }
  return dateOfSeconds(date.getTime() / 1000, path);
}

/** Seconds since 1970 with up to three decimals, as Connect sends times. */
export function secondsOf(date: Date): number {
  return date.getTime() / 1000;
}
