import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { centreForFile } from '../../../test/support/centre.ts';
import { definitionOf, type MetricName, metricNames, notApplicable } from './definitions.ts';
import { type ContactFacts, recomputed } from './recompute.ts';

/*
 * Every metric of random facts against a slow and plain recomputation of its definition: a loop over all facts for each row
 * and metric. Days are told by the calendar of the zone, as people read it.
 */

const centre = centreForFile({ as: 'ACCESS_KEY', clock: new Date('2026-11-20T00:00:00Z') });

const ids = (count: number) => Array.from({ length: count }, () => randomUUID());
const [agents, profiles, groups, queues] = [ids(3), ids(2), ids(2), ids(2)];
/** Two of each agent: renamed, and moved to another profile and group. */
const snapshots = agents.flatMap((agent, index) =>
  [0, 1].map((turn) => ({
    id: randomUUID(),
    user_id: agent,
    username: `agent${index}.${turn}`,
    routing_profile_id: profiles[(index + turn) % 2],
    routing_profile_name: 'A profile',
    hierarchy_group_ids: turn === 0 && index === 0 ? [] : [groups[(index + turn) % 2]],
    hierarchy_group_names: turn === 0 && index === 0 ? [] : ['A group'],
  })),
);

/**
 * A day of 23 and a day of 25 hours; half hours; no change at all; a day without a midnight, one that begins, goes back and
 * begins again, and one that is left out of the calendar.
 */
const zones = [
  { zone: 'Europe/Zurich', first: '2026-03-28', last: '2026-03-31' },
  { zone: 'America/New_York', first: '2026-10-31', last: '2026-11-03' },
  { zone: 'Australia/Lord_Howe', first: '2026-04-04', last: '2026-04-07' },
  { zone: 'Asia/Kathmandu', first: '2026-05-01', last: '2026-05-04' },
  { zone: 'America/Havana', first: '2026-03-07', last: '2026-03-10' },
  { zone: 'America/St_Johns', first: '2010-11-06', last: '2010-11-09' },
  { zone: 'Pacific/Apia', first: '2011-12-29', last: '2012-01-01' },
];

const dateIn = (zone: string) => {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  return (time: Date) => format.format(time);
};
/** The first minute of a day, by looking at all of them around it. */
function beginningOf(date: string, zone: string): Date {
  const dateOf = dateIn(zone);
  for (let time = Date.parse(`${date}T00:00:00Z`) - 15 * 3_600_000; ; time += 900_000) {
    if (dateOf(new Date(time)) === date) return new Date(time);
  }
}

/** The day of a time: the last that has begun. Of one that begins twice it is the first time that counts. */
function dayIn({ zone, first, last }: (typeof zones)[number]) {
  const dateOf = dateIn(zone);
  const begun = new Map<string, number>();
  const end = beginningOf(last, zone).getTime();
  for (let at = beginningOf(first, zone).getTime(); at < end; at += 900_000) {
    const date = dateOf(new Date(at));
    if (!begun.has(date)) begun.set(date, at);
  }
  return (at: number) => [...begun].findLast(([, start]) => start <= at)?.[0] ?? '';
}

type Row = Record<string, string | number | null>;

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { freq: 3 });
const duration = maybe(fc.integer({ min: 0, max: 90 }));
const hour = 3_600_000;

const contact = (from: Date) =>
  fc
    .record({
      at: fc.integer({ min: -3600, max: 76 * 3600 }),
      snapshot: maybe(fc.constantFrom(...snapshots)),
      queue_id: maybe(fc.constantFrom(...queues)),
      channel: fc.constantFrom('VOICE', 'CHAT', 'TASK'),
      initiation_method: fc.constantFrom('INBOUND', 'OUTBOUND', 'TRANSFER', 'QUEUE_TRANSFER', 'API', 'CALLBACK'),
      disconnect_reason: maybe(fc.constantFrom('AGENT_DISCONNECT', 'CUSTOMER_DISCONNECT')),
      queue_duration: fc.integer({ min: 0, max: 60 }),
      length: fc.integer({ min: 60, max: 200_000 }),
      agent_interaction_duration: duration,
      customer_hold_duration: duration,
      after_contact_work_duration: duration,
      agent_pause_duration: duration,
      number_of_holds: maybe(fc.integer({ min: 0, max: 3 })),
      next: fc.boolean(),
      transferred: maybe(fc.boolean()),
      leftEarly: fc.boolean(),
      open: fc.boolean(),
    })
    .map((given): Row => {
      const end = from.getTime() + given.at * 1000;
      const begun = end - given.length;
      const iso = (time: number) => new Date(time).toISOString();
      const { snapshot } = given;
      return {
        contact_id: randomUUID(),
        instance_id: centre.instance.id,
        agent_id: snapshot?.user_id ?? null,
        agent_snapshot_id: snapshot?.id ?? null,
        queue_id: given.queue_id,
        initiation_time: iso(begun),
        connected_to_system_time: given.open ? null : iso(begun + 1500),
        enqueue_time: given.queue_id && iso(begun + 2000),
        dequeue_time: given.queue_id && iso(given.leftEarly ? end - 1000 : end),
        queue_duration: given.queue_id && given.queue_duration,
        connected_to_agent_time: snapshot ? iso(begun + 20_000) : null,
        disconnect_time: iso(end),
        after_contact_work_end_time: snapshot ? iso(end + (given.after_contact_work_duration ?? 0) * 1000) : null,
        transfer_completed_time: given.transferred === null ? null : iso(end),
        transferred_to_endpoint: given.transferred ? '+12025550123' : null,
        next_contact_id: given.next ? randomUUID() : null,
        channel: given.channel,
        initiation_method: given.initiation_method,
        disconnect_reason: given.disconnect_reason,
        agent_interaction_duration: given.agent_interaction_duration,
        customer_hold_duration: given.customer_hold_duration,
        after_contact_work_duration: given.after_contact_work_duration,
        agent_pause_duration: given.agent_pause_duration,
        number_of_holds: given.number_of_holds,
      };
    });

const interval = (from: Date) =>
  fc
    .record({
      quarter: fc.integer({ min: -4, max: 76 * 4 }),
      snapshot: fc.constantFrom(...snapshots),
      idle_ms: fc.integer({ min: 0, max: 300_000 }),
      contact_ms: fc.integer({ min: 0, max: 300_000 }),
      non_productive_ms: fc.integer({ min: 0, max: 300_000 }),
      error_ms: fc.integer({ min: 0, max: 1000 }),
    })
    .map(
      ({ quarter, snapshot, ...times }): Row => ({
        ...times,
        instance_id: centre.instance.id,
        agent_id: snapshot.user_id,
        agent_snapshot_id: snapshot.id,
        interval_start: new Date(from.getTime() + quarter * 900_000).toISOString(),
        online_ms: times.idle_ms + times.contact_ms + times.non_productive_ms,
      }),
    );

const offer = (from: Date) =>
  fc
    .record({
      at: fc.integer({ min: -3600, max: 76 * 3600 }),
      snapshot: fc.constantFrom(...snapshots),
      queue_id: maybe(fc.constantFrom(...queues)),
      channel: fc.constantFrom('VOICE', 'CHAT'),
      initiation_method: fc.constantFrom('INBOUND', 'OUTBOUND', 'API'),
      outcome: fc.constantFrom('ACCEPTED', 'MISSED', 'REJECTED', 'CUSTOMER_LEFT', 'ERROR'),
      connecting_ms: fc.integer({ min: 0, max: 20_000 }),
    })
    .map(
      ({ at, snapshot, ...rest }): Row => ({
        ...rest,
        instance_id: centre.instance.id,
        event_id: randomUUID(),
        contact_id: randomUUID(),
        agent_id: snapshot.user_id,
        agent_snapshot_id: snapshot.id,
        start_time: new Date(from.getTime() + at * 1000 - 20_000).toISOString(),
        end_time: new Date(from.getTime() + at * 1000).toISOString(),
      }),
    );

// ---- The definitions, plainly ---------------------------------------------------------------------------------------

const n = (row: Row, name: string) => Number(row[name] ?? 0);
const is = (row: Row, name: string) => row[name] !== null && row[name] !== undefined;
const time = (row: Row, name: string) => Date.parse(String(row[name]));
const total = (rows: readonly Row[], value: (row: Row) => number) => rows.reduce((sum, row) => sum + value(row), 0);
const average = (rows: readonly Row[], value: (row: Row) => number) =>
  rows.length > 0 ? total(rows, value) / rows.length : null;
const sumOf =
  (...names: string[]) =>
  (row: Row) =>
    names.reduce((sum, name) => sum + n(row, name), 0);
const attempt = (row: Row) => row.initiation_method !== 'OUTBOUND';
const share = (some: number, all: number, factor = 100) => (all > 0 ? (some / all) * factor : null);

/** As it is kept, and as it is worked out anew of. */
const factsOf = (row: Row) =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      name.endsWith('_time') && value !== null ? new Date(String(value)) : value,
    ]),
  ) as unknown as ContactFacts;

const ofAgents: Readonly<Partial<Record<MetricName, (rows: readonly Row[]) => number | null>>> = {
  AGENT_ANSWER_RATE: (rows) =>
    share(rows.filter((row) => attempt(row) && row.outcome === 'ACCEPTED').length, rows.filter(attempt).length),
  AGENT_NON_RESPONSE: (rows) => rows.filter((row) => attempt(row) && row.outcome !== 'ACCEPTED').length,
  AGENT_NON_RESPONSE_WITHOUT_CUSTOMER_ABANDONS: (rows) => {
    const calls = rows.filter((row) => attempt(row) && row.channel === 'VOICE');
    if (calls.length === 0 && rows.some(attempt)) return null;
    return calls.filter(({ outcome }) => outcome !== 'ACCEPTED' && outcome !== 'CUSTOMER_LEFT').length;
  },
  SUM_CONNECTING_TIME_AGENT: (rows) => total(rows, (row) => n(row, 'connecting_ms')) / 1000,
  AVG_AGENT_CONNECTING_TIME: (rows) => average(rows, (row) => n(row, 'connecting_ms') / 1000),
  AGENT_OCCUPANCY: (rows) => share(total(rows, sumOf('contact_ms')), total(rows, sumOf('contact_ms', 'idle_ms')), 1),
  SUM_ONLINE_TIME_AGENT: (rows) => total(rows, sumOf('contact_ms', 'idle_ms', 'non_productive_ms')) / 1000,
  SUM_IDLE_TIME_AGENT: (rows) => total(rows, sumOf('idle_ms')) / 1000,
  SUM_CONTACT_TIME_AGENT: (rows) => total(rows, sumOf('contact_ms')) / 1000,
  SUM_NON_PRODUCTIVE_TIME_AGENT: (rows) => total(rows, sumOf('non_productive_ms')) / 1000,
  SUM_ERROR_STATUS_TIME_AGENT: (rows) => total(rows, sumOf('error_ms')) / 1000,
};
const plain = (name: MetricName, rows: readonly Row[]) =>
  ofAgents[name]?.(rows) ?? (name in ofAgents ? null : recomputed(name, rows.map(factsOf), 20));

const timeOf = (name: MetricName) => {
  if (name === 'CONTACTS_QUEUED_BY_ENQUEUE') return 'enqueue_time';
  if (name === 'CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT') return 'connected_to_agent_time';
  return { CONTACTS: 'disconnect_time', ACTIVITY: 'interval_start', OFFERS: 'end_time' }[definitionOf(name).source];
};
const keyOf = (row: Row, grouping: string): string | null => {
  const snapshot = snapshots.find(({ id }) => id === row.agent_snapshot_id);
  if (grouping === 'AGENT') return snapshot?.user_id ?? null;
  if (grouping === 'ROUTING_PROFILE') return snapshot?.routing_profile_id ?? null;
  if (grouping === 'AGENT_HIERARCHY_LEVEL_ONE') return snapshot?.hierarchy_group_ids[0] ?? null;
  return (row[grouping === 'QUEUE' ? 'queue_id' : 'channel'] as string | null | undefined) ?? null;
};

async function written(table: string, rows: readonly Row[]) {
  const text = JSON.stringify(rows.map((row) => ({ ...defaults[table], ...row })));
  await sql`delete from ${sql.table(table)}`.execute(centre.db);
  await sql`insert into ${sql.table(table)} select * from json_populate_recordset(null::${sql.table(table)}, ${text})`.execute(
    centre.db,
  );
}
const defaults: Readonly<Record<string, object>> = {
  contact: {
    last_update_time: '2026-11-20T00:00:00Z',
    record_hash: '\\x00',
    version: 1,
    attributes: {},
    tags: {},
  },
  agent_interval: { incomplete: false },
  agent_offer: {},
};

const metricOf = (Name: MetricName) => ({
  Name,
  ...(definitionOf(Name).threshold && { Threshold: [{ Comparison: 'LT', ThresholdValue: 20 }] }),
});

test('all metrics by all groupings are what their definitions say, on days of 23, 24 and 25 hours', async () => {
  const rows = snapshots.map((row) => ({ ...row, instance_id: centre.instance.id }));
  await written('agent_snapshot', rows as unknown as Row[]);
  const scenario = fc
    .record({
      place: fc.constantFrom(...zones),
      groupings: fc.subarray(['AGENT', 'QUEUE', 'CHANNEL', 'ROUTING_PROFILE', 'AGENT_HIERARCHY_LEVEL_ONE'] as const),
    })
    .chain(({ place, groupings }) => {
      const start = beginningOf(place.first, place.zone);
      return fc.record({
        place: fc.constant(place),
        groupings: fc.constant(groupings),
        contacts: fc.array(contact(start), { maxLength: 40 }),
        intervals: fc.uniqueArray(interval(start), {
          maxLength: 30,
          selector: (row) => `${row.agent_snapshot_id} ${row.interval_start}`,
        }),
        offers: fc.array(offer(start), { maxLength: 30 }),
      });
    });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ place, groupings, contacts, intervals, offers }) => {
      const start = beginningOf(place.first, place.zone);
      const end = beginningOf(place.last, place.zone);
      await written('contact', contacts);
      await written('agent_interval', intervals);
      await written('agent_offer', offers);
      const facts = { CONTACTS: contacts, ACTIVITY: intervals, OFFERS: offers };
      const answer = await centre.call('GetHistoricalReport', {
        StartTime: start.getTime() / 1000,
        EndTime: end.getTime() / 1000,
        Interval: 'DAY',
        TimeZone: place.zone,
        Groupings: [...groupings],
        Metrics: metricNames.map(metricOf),
      } as never);
      const dayOf = dayIn(place);
      const within = (name: MetricName) =>
        facts[definitionOf(name).source].filter(
          (row) =>
            is(row, timeOf(name)) &&
            time(row, timeOf(name)) >= start.getTime() &&
            time(row, timeOf(name)) < end.getTime(),
        );
      const close = (value: number | undefined, expected: number | null, of: string) => {
        if (expected === null) expect(value, of).toBeUndefined();
        else expect(value, of).toBeCloseTo(expected, 6);
      };
      const seen = new Set<string>();
      const shown = answer as unknown as {
        Rows: { StartTime: number; EndTime: number; Dimensions: { Id?: string }[]; Values: { Value?: number }[] }[];
        Totals: { Value?: number }[];
      };
      for (const row of shown.Rows) {
        const day = dayOf(row.StartTime * 1000);
        expect(new Date(row.StartTime * 1000)).toEqual(beginningOf(day, place.zone));
        expect(dayOf(row.EndTime * 1000 - 1)).toBe(day);
        const keys = row.Dimensions.map(({ Id }) => Id ?? null);
        seen.add(JSON.stringify([day, keys]));
        for (const [index, name] of metricNames.entries()) {
          if (notApplicable(name, groupings).length > 0) continue;
          const own = within(name).filter(
            (fact) =>
              dayOf(time(fact, timeOf(name))) === day &&
              groupings.every((grouping, place) => keyOf(fact, grouping) === keys[place]),
          );
          close(row.Values[index]?.Value, plain(name, own), `${name} of ${day} ${keys}`);
        }
      }
      for (const [index, name] of metricNames.entries()) {
        if (notApplicable(name, groupings).length > 0) continue;
        close(shown.Totals[index]?.Value, plain(name, within(name)), `${name} in all`);
        for (const fact of within(name)) {
          const keys = groupings.map((grouping) => keyOf(fact, grouping));
          if (!keys.includes(null)) expect(seen).toContain(JSON.stringify([dayOf(time(fact, timeOf(name))), keys]));
        }
      }
    }),
    { numRuns: 25 },
  );
}, 60_000);

test('online is contact, idle and non-productive time together, in every row', async () => {
  const Metrics = [
    'SUM_ONLINE_TIME_AGENT',
    'SUM_IDLE_TIME_AGENT',
    'SUM_CONTACT_TIME_AGENT',
    'SUM_NON_PRODUCTIVE_TIME_AGENT',
  ].map((Name) => ({ Name }));
  const start = Date.parse('2026-06-01T00:00:00Z');
  const [rows] = fc.sample(fc.array(interval(new Date(start)), { minLength: 20, maxLength: 20 }), 1);
  const unique = [
    ...new Map((rows ?? []).map((row) => [`${row.agent_snapshot_id} ${row.interval_start}`, row])).values(),
  ];
  await written(
    'agent_snapshot',
    snapshots.map((row) => ({ ...row, instance_id: centre.instance.id })) as unknown as Row[],
  );
  await written('agent_interval', unique);
  const answer = await centre.call('GetHistoricalReport', {
    StartTime: (start - 2 * hour) / 1000,
    EndTime: (start + 70 * hour) / 1000,
    Interval: 'THIRTY_MIN',
    Groupings: ['AGENT', 'ROUTING_PROFILE'],
    Metrics,
  } as never);
  expect(answer.Rows.length).toBeGreaterThan(5);
  for (const { Values } of answer.Rows) {
    const [online = 0, ...others] = Values.map(({ Value = 0 }) => Value);
    expect(others.reduce((sum, value) => sum + value, 0)).toBeCloseTo(online, 6);
  }
});
