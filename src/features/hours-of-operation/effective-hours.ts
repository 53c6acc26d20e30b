import type { Connect } from '../../operations/connect-types.ts';
import { dayOf, timeOfDay } from './opening-hours.ts';
import type { OverrideSettings } from './types.ts';

/*
 * When a contact centre is open on a day: its week, changed by the overrides of that day. As far as the API Reference
 * tells, and filled in where it does not:
 * - STANDARD overrides replace the week's hours of the weekdays that they name; one that names none closes the day.
 *   Of several, the one whose first day is the latest counts, and one's own come before those of parents.
 * - OPEN overrides add their hours, CLOSED ones take theirs away, in this order.
 */

export interface AppliedOverride extends Omit<OverrideSettings, 'description'> {
  /** From one of the hours that these take overrides from. */
  readonly inherited: boolean;
}

type Week = readonly Pick<Connect.HoursOfOperationConfig, 'Day' | 'StartTime' | 'EndTime'>[];

/** Minutes of the day, from (inclusive) and to (exclusive). */
interface Span {
  readonly from: number;
  readonly to: number;
}

const weekdays = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
const oneDay = 24 * 60 * 60 * 1000;

export interface EffectiveDay {
  readonly day: string;
  readonly open: readonly Span[];
  readonly overrides: readonly { readonly name: string; readonly open: boolean; readonly span: Span }[];
}

/** Every day from the first to the last, each with its hours and the overrides that had a part in them. */
export function effectiveDays(
  week: Week,
  overrides: readonly AppliedOverride[],
  first: string,
  last: string,
): EffectiveDay[] {
  const days: EffectiveDay[] = [];
  for (let time = timeOfDay(first); time <= timeOfDay(last); time += oneDay) {
    days.push(effectiveDay(week, overrides, dayOf(time)));
  }
  return days;
}

function effectiveDay(week: Week, overrides: readonly AppliedOverride[], day: string): EffectiveDay {
  const weekday = weekdays[new Date(timeOfDay(day)).getUTCDay()] ?? 'SUNDAY';
  const effective = overrides.filter((one) => isEffective(one, day, weekday));
  const standard = effective
    .filter((one) => one.type === 'STANDARD')
    .toSorted((a, b) => Number(a.inherited) - Number(b.inherited) || b.effectiveFrom.localeCompare(a.effectiveFrom))[0];
  const closed = effective.filter((one) => one.type === 'CLOSED');
  let open = spansOn(standard ? standard.config : week, weekday);
  const parts: { name: string; open: boolean; span: Span }[] = [];
  if (standard) {
    if (open.length === 0) parts.push({ name: standard.name, open: false, span: wholeDay });
    for (const span of open) parts.push({ name: standard.name, open: true, span });
  }
  for (const { name, config } of effective.filter((one) => one.type === 'OPEN')) {
    for (const span of spansOn(config, weekday)) {
      parts.push({ name, open: true, span });
      open = [...open, span];
    }
  }
  for (const { name, config } of closed) {
    for (const span of config.length === 0 ? [wholeDay] : spansOn(config, weekday)) {
      parts.push({ name, open: false, span });
      open = open.flatMap((one) => without(one, span));
    }
  }
  return { day, open: merged(open), overrides: parts };
}

const wholeDay: Span = { from: 0, to: 24 * 60 };

/** Whether the override has something to say on a day: its days, its recurrence, and the weekdays that it names. */
function isEffective(override: AppliedOverride, day: string, weekday: string): boolean {
  if (day < override.effectiveFrom || day > override.effectiveTill) return false;
  if (override.config.length > 0 && !override.config.some((one) => one.Day === weekday)) return false;
  return override.recurrence === null || recurs(override.recurrence, override.effectiveFrom, day);
}

function recurs({ RecurrencePattern: pattern }: Connect.RecurrenceConfig, first: string, day: string): boolean {
  if (!pattern) return true;
  const [start, date] = [new Date(timeOfDay(first)), new Date(timeOfDay(day))];
  const every = pattern.Interval ?? 1;
  const months = (date.getUTCFullYear() - start.getUTCFullYear()) * 12 + date.getUTCMonth() - start.getUTCMonth();
  switch (pattern.Frequency) {
    case 'WEEKLY':
      return (sundayOf(date) - sundayOf(start)) % (7 * oneDay * every) === 0;
    case 'MONTHLY':
      return months % every === 0 && isDayOfMonth(pattern, date);
    case 'YEARLY': {
      const month = pattern.ByMonth?.[0] ?? start.getUTCMonth() + 1;
      const years = date.getUTCFullYear() - start.getUTCFullYear();
      return years % every === 0 && date.getUTCMonth() + 1 === month && isDayOfMonth(pattern, date);
    }
    default:
      return true;
  }
}

const sundayOf = (date: Date) => date.getTime() - date.getUTCDay() * oneDay;

function isDayOfMonth({ ByMonthDay, ByWeekdayOccurrence }: Connect.RecurrencePattern, date: Date): boolean {
  const number = date.getUTCDate();
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const [wanted] = ByMonthDay ?? [];
  if (wanted !== undefined) return number === (wanted === -1 ? last : wanted);
  const [occurrence] = ByWeekdayOccurrence ?? [];
  if (occurrence === undefined) return true;
  return occurrence === -1 ? number + 7 > last : Math.ceil(number / 7) === occurrence;
}

function spansOn(config: readonly Connect.HoursOfOperationOverrideConfig[], weekday: string): Span[] {
  return config
    .filter((one) => one.Day === weekday)
    .map(({ StartTime, EndTime }) => ({ from: minuteOf(StartTime), to: minuteOf(EndTime) || 24 * 60 }));
}

const minuteOf = (time: Connect.OverrideTimeSlice | undefined) => (time?.Hours ?? 0) * 60 + (time?.Minutes ?? 0);

function without(span: Span, gone: Span): Span[] {
  if (gone.to <= span.from || gone.from >= span.to) return [span];
  return [
    { from: span.from, to: Math.min(span.to, gone.from) },
    { from: Math.max(span.from, gone.to), to: span.to },
  ].filter(({ from, to }) => from < to);
}

/** In order, and where they touch or overlap as one. */
function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.from - b.from)) {
    const before = result.at(-1);
    if (before && span.from <= before.to) result.splice(-1, 1, { from: before.from, to: Math.max(before.to, span.to) });
    else result.push(span);
  }
  return result;
}
