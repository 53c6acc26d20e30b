import type { FilterCodec } from './list-state.ts';
import { countOf, formatTime } from './words.ts';

/** The last so many hours, days or weeks, until now; or from one moment to another. */
export type TimeRange =
  | { readonly kind: 'LAST'; readonly amount: number; readonly unit: 'hour' | 'day' | 'week' }
  | { readonly kind: 'BETWEEN'; readonly start: Date; readonly end: Date };

const hours = { hour: 1, day: 24, week: 168 } as const;
const letters = { h: 'hour', d: 'day', w: 'week' } as const;

export const spanHours = (range: TimeRange): number =>
  range.kind === 'LAST' ? range.amount * hours[range.unit] : (range.end.getTime() - range.start.getTime()) / 3_600_000;

/** Whether it is longer than may be, also by the reader's clock, which may be put back within it. */
export function isLongerThan(range: TimeRange, mostHours: number): boolean {
  const span = spanHours(range);
  if (range.kind === 'LAST' || span <= mostHours) return span > mostHours;
  return span - (range.end.getTimezoneOffset() - range.start.getTimezoneOffset()) / 60 > mostHours;
}

/** Where it begins and ends. */
export function momentsOf(range: TimeRange, now: Date): { start: Date; end: Date } {
  return range.kind === 'BETWEEN' ? range : { start: new Date(now.getTime() - spanHours(range) * 3_600_000), end: now };
}

/** "in the last 7 days": as a part of a sentence. */
export function rangeText(range: TimeRange): string {
  if (range.kind === 'LAST')
    return `in the last ${range.amount === 1 ? range.unit : countOf(range.amount, range.unit)}`;
  return `from ${formatTime(range.start.getTime() / 1000)} to ${formatTime(range.end.getTime() / 1000)}`;
}

const minute = (time: Date) => `${time.toISOString().slice(0, 16)}Z`;
export const writeRange = (range: TimeRange): string =>
  range.kind === 'LAST' ? `${range.amount}${range.unit.slice(0, 1)}` : `${minute(range.start)}_${minute(range.end)}`;

/** Null for what is none. */
export function readRange(text: string): TimeRange | null {
  const [, amount, letter] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  if (amount !== undefined) {
    const unit = letters[letter as keyof typeof letters];
    return Number(amount) > 0 ? { kind: 'LAST', amount: Number(amount), unit } : null;
  }
  const parts = text.split('_');
  if (parts.length !== 2 || !parts.every((part) => /^\d{4}-\d\d-\d\dT\d\d:\d\dZ$/.test(part))) return null;
  const [start = new Date(Number.NaN), end = start] = parts.map((part) => new Date(part));
  return start.getTime() < end.getTime() ? { kind: 'BETWEEN', start, end } : null;
}

/** A range of a list's address, no longer than `mostHours`. */
export function rangeFilter<Name extends string>(
  name: Name,
  usual: TimeRange,
  mostHours: number,
): FilterCodec<TimeRange, Name> {
  return {
    name,
    none: usual,
    read: (text) => {
      const range = readRange(text);
      if (!range || isLongerThan(range, mostHours) || writeRange(range) === writeRange(usual)) return usual;
      return range;
    },
    write: (range) => (range === usual ? '' : writeRange(range)),
  };
}
