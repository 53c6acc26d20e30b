import type { Checked, Connect } from '../../operations/connect-types.ts';
import { type Constraints, items, pattern, range } from '../../operations/constraints.ts';
import { invalidParameter } from '../../operations/errors.ts';

/** What the model says of a week of opening hours. */
export const weekConstraints = {
  Config: items(0, 100),
  'HoursOfOperationTimeSlice.Hours': range(0, 23),
  'HoursOfOperationTimeSlice.Minutes': range(0, 59),
} satisfies Constraints;

const words = 'characters without control characters other than tabs and line breaks';

/** The name, and the description, of an override: the model has a pattern where other resources have a length. */
export const overrideName = pattern(/^[\P{C}\r\n\t]{1,127}$/u, `1 to 127 ${words}`);
export const overrideDescription = pattern(/^[\P{C}\r\n\t]{1,250}$/u, `1 to 250 ${words}`);

/** Days as Connect writes them. */
export const dayText = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a day such as 2026-12-24');

export const overrideConstraints = {
  Name: overrideName,
  Description: overrideDescription,
  Config: items(0, 100),
  EffectiveFrom: dayText,
  EffectiveTill: dayText,
  'OverrideTimeSlice.Hours': range(0, 23),
  'OverrideTimeSlice.Minutes': range(0, 59),
  'RecurrencePattern.Interval': range(1, 6),
  'RecurrencePattern.ByMonth[]': range(1, 12),
  'RecurrencePattern.ByMonthDay[]': range(-1, 31),
  'RecurrencePattern.ByWeekdayOccurrence': items(0, 1),
  'RecurrencePattern.ByWeekdayOccurrence[]': range(-1, 4),
} satisfies Constraints;

interface Time {
  readonly Hours: number;
  readonly Minutes: number;
}

interface OpenHours {
  readonly Day?: string | undefined;
  readonly StartTime?: Time | undefined;
  readonly EndTime?: Time | undefined;
}

const minuteOf = ({ Hours, Minutes }: Time) => Hours * 60 + Minutes;

/** An end of 0:00 is the end of the day, so 0:00 to 0:00 is the whole day (Admin guide, "How to specify midnight"). */
const endMinuteOf = (time: Time) => minuteOf(time) || 24 * 60;

/** @throws InvalidParameterException for hours that end before they begin: a night is two entries, on two days */
export function checkWeek(config: readonly OpenHours[]): void {
  for (const [index, { Day, StartTime, EndTime }] of config.entries()) {
    if (!Day || !StartTime || !EndTime) {
      throw invalidParameter(`Config[${index}] needs Day, StartTime and EndTime.`);
    }
    if (endMinuteOf(EndTime) > minuteOf(StartTime)) continue;
    throw invalidParameter(
      `Config[${index}]: EndTime must be later than StartTime. Midnight is 0:00; hours that go past it are two entries.`,
    );
  }
}

/** Milliseconds of the midnight (UTC) that stands for a day, NaN for a day that the calendar does not have. */
export function timeOfDay(day: string): number {
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || dayOf(time) !== day ? Number.NaN : time;
}

export const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** @throws InvalidParameterException */
export function checkDays(members: readonly [string, string], from: string, till: string): void {
  for (const [index, day] of [from, till].entries()) {
    if (Number.isNaN(timeOfDay(day))) throw invalidParameter(`${members[index]} is not a day that there is.`);
  }
  if (from > till) throw invalidParameter(`${members[1]} must not be before ${members[0]}.`);
}

/** How an override recurs, by the rules of the API Reference's RecurrencePattern. @throws InvalidParameterException */
export function checkRecurrence(config: Checked<Connect.RecurrenceConfig> | undefined): void {
  if (!config) return;
  const { Frequency, ByMonth, ByMonthDay, ByWeekdayOccurrence } = config.RecurrencePattern;
  const lists = { ByMonth, ByMonthDay, ByWeekdayOccurrence };
  for (const [member, list] of Object.entries(lists)) {
    if (list && list.length > 1) throw invalidParameter(`${member} takes one value.`);
    if (list?.includes(0)) throw invalidParameter(`${member} must not be 0; -1 is the last one.`);
  }
  if (ByMonth?.length && Frequency !== 'YEARLY') throw invalidParameter('ByMonth goes with the Frequency YEARLY.');
  if (Frequency === 'WEEKLY' && (ByMonthDay?.length || ByWeekdayOccurrence?.length)) {
    throw invalidParameter('ByMonthDay and ByWeekdayOccurrence go with the Frequency MONTHLY or YEARLY.');
  }
  if (ByMonthDay?.length && ByWeekdayOccurrence?.length) {
    throw invalidParameter('Give ByMonthDay or ByWeekdayOccurrence, not both.');
  }
}
