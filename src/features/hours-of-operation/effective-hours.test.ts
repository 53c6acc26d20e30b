import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AppliedOverride, effectiveDays } from './effective-hours.ts';
import { dayOf, timeOfDay } from './opening-hours.ts';

const weekdays = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;
type Weekday = (typeof weekdays)[number];

const time = (minute: number) => ({ Hours: Math.floor(minute / 60) % 24, Minutes: minute % 60 });
const slot = (Day: Weekday, from: number, to: number) => ({ Day, StartTime: time(from), EndTime: time(to) });
const nineToFive = weekdays.map((day) => slot(day, 540, 1020));

const made = (changes: Partial<AppliedOverride>): AppliedOverride => ({
  name: 'override',
  type: 'STANDARD',
  effectiveFrom: '2026-01-01',
  effectiveTill: '2026-12-31',
  config: [],
  recurrence: null,
  inherited: false,
  ...changes,
});

/** The days on which a standard override that closes the day is effective. */
function closedDays(override: Partial<AppliedOverride>, first: string, last: string): string[] {
  return effectiveDays(nineToFive, [made(override)], first, last)
    .filter(({ open }) => open.length === 0)
    .map(({ day }) => day);
}
const every = (pattern: object) => ({ recurrence: { RecurrencePattern: pattern as never } });

test('without overrides the week holds, and midnight ends a day', () => {
  const week = [
    slot('MONDAY', 0, 0),
    slot('TUESDAY', 600, 0),
    slot('WEDNESDAY', 600, 660),
    slot('WEDNESDAY', 660, 720),
  ];
  expect(effectiveDays(week, [], '2026-11-22', '2026-11-25').map(({ day, open }) => [day, open])).toEqual([
    ['2026-11-22', []],
    ['2026-11-23', [{ from: 0, to: 1440 }]],
    ['2026-11-24', [{ from: 600, to: 1440 }]],
    ['2026-11-25', [{ from: 600, to: 720 }]],
  ]);
});

test('a standard override replaces the weekdays that it names, and closes the day when it names none', () => {
  expect(closedDays({ effectiveFrom: '2026-12-24', effectiveTill: '2026-12-26' }, '2026-12-20', '2026-12-31')).toEqual([
    '2026-12-24',
    '2026-12-25',
    '2026-12-26',
  ]);
  const shorter = made({ config: [slot('THURSDAY', 600, 720)] });
  const [thursday, friday] = effectiveDays(nineToFive, [shorter], '2026-12-24', '2026-12-25');
  expect(thursday).toMatchObject({ open: [{ from: 600, to: 720 }], overrides: [{ name: 'override', open: true }] });
  expect(friday).toMatchObject({ open: [{ from: 540, to: 1020 }], overrides: [] });
});

test('of several standard overrides the latest counts, and one’s own before those of parents', () => {
  const all = [
    made({ name: 'year', config: [slot('THURSDAY', 0, 60)] }),
    made({ name: 'week', effectiveFrom: '2026-12-21', config: [slot('THURSDAY', 60, 120)] }),
    made({ name: 'parent', effectiveFrom: '2026-12-24', config: [slot('THURSDAY', 120, 180)], inherited: true }),
  ];
  expect(effectiveDays(nineToFive, all, '2026-12-24', '2026-12-24')[0]?.overrides).toMatchObject([{ name: 'week' }]);
});

test('open ones add their hours, and closed ones take theirs away', () => {
  const longer = made({ name: 'late', type: 'OPEN', config: [slot('THURSDAY', 960, 1200)] });
  const lunch = made({ name: 'lunch', type: 'CLOSED', config: [slot('THURSDAY', 720, 780)] });
  const [day] = effectiveDays(nineToFive, [lunch, longer], '2026-12-24', '2026-12-24');
  expect(day).toEqual({
    day: '2026-12-24',
    open: [
      { from: 540, to: 720 },
      { from: 780, to: 1200 },
    ],
    overrides: [
      { name: 'late', open: true, span: { from: 960, to: 1200 } },
      { name: 'lunch', open: false, span: { from: 720, to: 780 } },
    ],
  });
  const shut = made({ type: 'CLOSED' });
  expect(effectiveDays(nineToFive, [shut, longer], '2026-12-24', '2026-12-24')[0]?.open).toEqual([]);
});

test('recurrence chooses the days', () => {
  const from = { effectiveFrom: '2026-01-15', effectiveTill: '2030-12-31' };
  const secondThursday = every({ Frequency: 'MONTHLY', Interval: 1, ByWeekdayOccurrence: [2] });
  expect(closedDays({ ...from, ...secondThursday }, '2026-04-01', '2026-04-30')).toEqual([
    ...['08', '09', '10', '11', '12', '13', '14'].map((day) => `2026-04-${day}`),
  ]);
  const lastDay = every({ Frequency: 'MONTHLY', Interval: 2, ByMonthDay: [-1] });
  expect(closedDays({ ...from, ...lastDay }, '2026-01-01', '2026-06-30')).toEqual([
    '2026-01-31',
    '2026-03-31',
    '2026-05-31',
  ]);
  const the31st = every({ Frequency: 'MONTHLY', Interval: 1, ByMonthDay: [31] });
  expect(closedDays({ ...from, ...the31st }, '2026-01-01', '2026-06-30')).toEqual([
    '2026-01-31',
    '2026-03-31',
    '2026-05-31',
  ]);
  const christmas = every({ Frequency: 'YEARLY', Interval: 1, ByMonth: [12], ByMonthDay: [25] });
  expect(closedDays({ ...from, ...christmas }, '2026-01-01', '2028-12-31')).toEqual([
    '2026-12-25',
    '2027-12-25',
    '2028-12-25',
  ]);
  const lastMonday = {
    config: [],
    ...every({ Frequency: 'YEARLY', Interval: 2, ByMonth: [5], ByWeekdayOccurrence: [-1] }),
  };
  expect(closedDays({ ...from, ...lastMonday }, '2027-01-01', '2028-12-31')).toEqual(
    ['25', '26', '27', '28', '29', '30', '31'].map((day) => `2028-05-${day}`),
  );
});

test('every second week counts whole weeks, whatever the day that it began on', () => {
  const biweekly = every({ Frequency: 'WEEKLY', Interval: 2 });
  const days = closedDays({ effectiveFrom: '2026-01-14', ...biweekly }, '2026-01-01', '2026-02-07');
  expect(days).toEqual([
    ...['14', '15', '16', '17', '25', '26', '27', '28', '29', '30', '31'].map((day) => `2026-01-${day}`),
  ]);
});

test('a closed time is never open and an open time outside of it always, whatever the overrides', () => {
  const minute = fc.integer({ min: 0, max: 23 * 60 });
  const slots = fc.array(
    fc.tuple(minute, fc.integer({ min: 1, max: 60 })).map(([from, length]) => ({ from, to: from + length })),
    { maxLength: 4 },
  );
  const day = '2026-12-24';
  fc.assert(
    fc.property(slots, slots, slots, (week, opened, closed) => {
      const config = (spans: typeof week) => spans.map(({ from, to }) => slot('THURSDAY', from, to));
      const overrides = [
        made({ type: 'OPEN', config: config(opened) }),
        // An empty one would close the whole day.
        ...(closed.length > 0 ? [made({ type: 'CLOSED', config: config(closed) })] : []),
      ];
      const [{ open } = { open: [] }] = effectiveDays(config(week), overrides, day, day);
      const isIn = (spans: readonly { from: number; to: number }[], at: number) =>
        spans.some(({ from, to }) => from <= at && at < to);
      for (let at = 0; at < 1440; at += 1) {
        expect(isIn(open, at)).toBe((isIn(week, at) || isIn(opened, at)) && !isIn(closed, at));
      }
      for (const [index, span] of open.entries()) expect(span.from).toBeGreaterThan(open[index - 1]?.to ?? -1);
    }),
    { numRuns: 50 },
  );
});

test('days are those of the calendar', () => {
  expect(timeOfDay('2028-02-29')).toBe(Date.UTC(2028, 1, 29));
  for (const day of ['2026-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '20260101']) {
    expect(timeOfDay(day)).toBeNaN();
  }
  expect(dayOf(Date.UTC(2026, 2, 29))).toBe('2026-03-29');
});
