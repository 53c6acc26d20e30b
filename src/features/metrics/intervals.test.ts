import fc from 'fast-check';
import { expect, test } from 'vitest';
import { edgesOf, type IntervalPeriod, isMidnight, isOnClock, quarter } from './intervals.ts';

/*
 * Against the calendar as people read it: the clock of the zone is looked at in every quarter of an hour, and an interval
 * begins where it turns to another day, or shows a whole hour.
 */

const periods = ['FIFTEEN_MIN', 'THIRTY_MIN', 'HOUR', 'DAY', 'WEEK'] as const satisfies readonly IntervalPeriod[];
const every = { FIFTEEN_MIN: 15, THIRTY_MIN: 30, HOUR: 60 } as const;
const day = 86_400_000;

function clockOf(timeZone: string) {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  const weekday = new Intl.DateTimeFormat('en-CA', { timeZone, weekday: 'short' });
  return (time: number) => {
    const [, date = '', minute = ''] = /^(\S+), \d+:(\d\d)/.exec(format.format(time)) ?? [];
    return { date, minute: Number(minute), isMonday: () => weekday.format(time) === 'Mon' };
  };
}

/** Of a date that comes twice, because the clock is put back across midnight, it is the first time that counts. */
function plainEdges(start: number, end: number, period: (typeof periods)[number], timeZone: string): number[] {
  const clock = clockOf(timeZone);
  const dates = new Set<string>();
  const edges: number[] = [start];
  for (let time = Math.floor(start / quarter) * quarter - 2 * day; time < end; time += quarter) {
    const { date, minute, isMonday } = clock(time);
    const begins =
      period === 'DAY' || period === 'WEEK'
        ? !dates.has(date) && (period === 'DAY' || isMonday())
        : minute % every[period] === 0;
    dates.add(date);
    if (begins && time > start) edges.push(time);
  }
  return [...edges, end];
}

const texts = (times: readonly (number | Date)[]) => times.map((time) => new Date(time).toISOString());

function expectPlain(start: number, end: number, timeZone: string) {
  for (const period of periods) {
    const edges = edgesOf(new Date(start), new Date(end), period, timeZone);
    expect(texts(edges), `${period} ${timeZone}`).toEqual(texts(plainEdges(start, end, period, timeZone)));
  }
}

test.each([
  ['Europe/Zurich', '2026-03-28', '23 hours'],
  ['Europe/Zurich', '2026-10-24', '25 hours'],
  ['America/New_York', '2026-10-31', '25 hours'],
  ['Australia/Lord_Howe', '2026-04-04', '24 hours and a half'],
  ['Australia/Lord_Howe', '2026-10-03', '23 hours and a half'],
  ['Asia/Kathmandu', '2026-05-01', 'quarters of an hour off'],
  ['America/Havana', '2026-03-07', 'no midnight'],
  ['Africa/Cairo', '2026-04-23', 'no midnight'],
  ['America/Havana', '2026-10-31', 'midnight twice in a day'],
  ['America/Sao_Paulo', '2018-02-17', 'an hour before midnight twice'],
  ['America/St_Johns', '2010-11-06', 'a day that begins, goes back and begins again'],
  ['Pacific/Apia', '2011-12-28', 'a day that is left out'],
  ['Pacific/Kwajalein', '1993-08-20', 'a day that is left out, westward'],
  ['Pacific/Kiritimati', '2026-01-01', 'fourteen hours ahead'],
  ['Etc/GMT+12', '2026-01-01', 'twelve hours behind'],
])('of %s around %s, %s', (timeZone, date) => {
  const start = Date.parse(`${date}T00:00:00Z`) - 15 * 3_600_000;
  expectPlain(start, start + 5 * day, timeZone);
});

test('in every zone, at any time', () => {
  const asked = fc.record({
    timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
    start: fc.integer({ min: Date.UTC(1990, 0) / quarter, max: Date.UTC(2035, 0) / quarter }),
    quarters: fc.integer({ min: 1, max: 3 * 96 }),
  });
  fc.assert(
    fc.property(asked, ({ timeZone, start, quarters }) => {
      expectPlain(start * quarter, (start + quarters) * quarter, timeZone);
    }),
    { numRuns: 40 },
  );
});

test('a time is told to be the beginning of a day, and a multiple of minutes, by the same calendar', () => {
  for (const [timeZone, date] of [
    ['America/Havana', '2026-03-08'],
    ['America/St_Johns', '2010-11-07'],
    ['Pacific/Apia', '2011-12-31'],
    ['Australia/Lord_Howe', '2026-04-05'],
  ] as const) {
    const start = Date.parse(`${date}T00:00:00Z`) - day;
    const midnights = plainEdges(start - 1, start + 2 * day, 'DAY', timeZone).slice(1, -1);
    const clock = clockOf(timeZone);
    for (let time = start; time < start + 2 * day; time += quarter) {
      const what = `${timeZone} ${new Date(time).toISOString()}`;
      expect(isMidnight(new Date(time), timeZone), what).toBe(midnights.includes(time));
      expect(isOnClock(new Date(time), 30, timeZone), what).toBe(clock(time).minute % 30 === 0);
    }
  }
});
