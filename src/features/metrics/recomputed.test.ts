import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { centreForFile } from '../../../test/support/centre.ts';
import { definitionOf, type MetricName, metricNames, notApplicable } from './definitions.ts';

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

/** A day of 23 and a day of 25 hours; half hours; no change at all. */
const zones = [
  { zone: 'Europe/Zurich', first: '2026-03-28', last: '2026-03-31' },
  { zone: 'America/New_York', first: '2026-10-31', last: '2026-11-03' },
  { zone: 'Australia/Lord_Howe', first: '2026-04-04', last: '2026-04-07' },
  { zone: 'Asia/Kathmandu', first: '2026-05-01', last: '2026-05-04' },
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

const connected = (row: Row) => is(row, 'connected_to_agent_time');
const queued = (row: Row) => is(row, 'enqueue_time');
const transferred = (row: Row) => is(row, 'transfer_completed_time');
const abandoned = (row: Row) => queued(row) && !connected(row) && !is(row, 'next_contact_id') && !transferred(row);
const held = (row: Row) => n(row, 'number_of_holds') > 0;
const talked = (row: Row) => connected(row) && is(row, 'agent_interaction_duration');
const quick = (row: Row) => queued(row) && n(row, 'queue_duration') < 20;
const some =
  (...names: string[]) =>
  (row: Row) =>
    names.some((name) => is(row, name));
const sumOf =
  (...names: string[]) =>
  (row: Row) =>
    names.reduce((sum, name) => sum + n(row, name), 0);
const parts = ['agent_interaction_duration', 'customer_hold_duration', 'after_contact_work_duration'];
const worked = (row: Row) => is(row, 'after_contact_work_duration') || connected(row);
const isHandled = some(...parts, 'agent_pause_duration');
const handle = sumOf(...parts, 'agent_pause_duration');
const talkAndHold = sumOf('agent_interaction_duration', 'customer_hold_duration');
const isTalkOrHold = some('agent_interaction_duration', 'customer_hold_duration');
const attempt = (row: Row) => row.initiation_method !== 'OUTBOUND';
const seconds = (from: number, to: number) => (to - from) / 1000;
const flowEnd = (row: Row) =>
  queued(row)
    ? time(row, 'enqueue_time')
    : transferred(row)
      ? time(row, 'transfer_completed_time')
      : time(row, 'disconnect_time');
const share = (some: number, all: number, factor = 100) => (all > 0 ? (some / all) * factor : null);

const plain: Readonly<Record<MetricName, (rows: readonly Row[]) => number | null>> = {
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
  CONTACTS_CREATED: (rows) => rows.length,
  CONTACTS_HANDLED: (rows) => rows.filter(connected).length,
  CONTACTS_HANDLED_BY_CONNECTED_TO_AGENT: (rows) => rows.filter(connected).length,
  CONTACTS_QUEUED: (rows) => rows.filter(queued).length,
  CONTACTS_QUEUED_BY_ENQUEUE: (rows) => rows.filter(queued).length,
  CONTACTS_ABANDONED: (rows) => rows.filter(abandoned).length,
  ABANDONMENT_RATE: (rows) => share(rows.filter(abandoned).length, rows.filter(queued).length),
  CONTACTS_TRANSFERRED_OUT: (rows) => rows.filter(transferred).length,
  CONTACTS_TRANSFERRED_OUT_BY_AGENT: (rows) => rows.filter((row) => transferred(row) && connected(row)).length,
  CONTACTS_TRANSFERRED_OUT_FROM_QUEUE: (rows) =>
    rows.filter((row) => transferred(row) && queued(row) && !connected(row)).length,
  CONTACTS_TRANSFERRED_OUT_INTERNAL: (rows) =>
    rows.filter((row) => transferred(row) && !is(row, 'transferred_to_endpoint')).length,
  CONTACTS_TRANSFERRED_OUT_EXTERNAL: (rows) =>
    rows.filter((row) => transferred(row) && is(row, 'transferred_to_endpoint')).length,
  CONTACTS_PUT_ON_HOLD: (rows) => rows.filter(held).length,
  SUM_HANDLE_TIME: (rows) => total(rows, handle),
  AVG_HANDLE_TIME: (rows) => average(rows.filter(isHandled), handle),
  SUM_AFTER_CONTACT_WORK_TIME: (rows) => total(rows, sumOf('after_contact_work_duration')),
  AVG_AFTER_CONTACT_WORK_TIME: (rows) => average(rows.filter(worked), sumOf('after_contact_work_duration')),
  SUM_INTERACTION_TIME: (rows) => total(rows.filter(talked), sumOf('agent_interaction_duration')),
  AVG_INTERACTION_TIME: (rows) => average(rows.filter(talked), sumOf('agent_interaction_duration')),
  SUM_INTERACTION_AND_HOLD_TIME: (rows) => total(rows, talkAndHold),
  AVG_INTERACTION_AND_HOLD_TIME: (rows) => average(rows.filter(isTalkOrHold), talkAndHold),
  SUM_HOLD_TIME: (rows) => total(rows.filter(connected), sumOf('customer_hold_duration')),
  AVG_HOLD_TIME: (rows) =>
    average(
      rows.filter((row) => held(row) && is(row, 'customer_hold_duration')),
      sumOf('customer_hold_duration'),
    ),
  AVG_HOLD_TIME_ALL_CONTACTS: (rows) => average(rows.filter(connected), sumOf('customer_hold_duration')),
  AVG_HOLDS: (rows) => average(rows.filter(connected), sumOf('number_of_holds')),
  AVG_QUEUE_ANSWER_TIME: (rows) =>
    average(
      rows.filter((row) => connected(row) && queued(row)),
      sumOf('queue_duration'),
    ),
  MAX_QUEUED_TIME: (rows) => {
    const times = rows.filter(queued).map((row) => n(row, 'queue_duration'));
    return times.length > 0 ? Math.max(...times) : null;
  },
  AVG_ABANDON_TIME: (rows) => average(rows.filter(abandoned), sumOf('queue_duration')),
  SERVICE_LEVEL: (rows) => share(rows.filter(quick).length, rows.filter(queued).length),
  SUM_CONTACTS_ANSWERED_IN_X: (rows) => rows.filter((row) => quick(row) && connected(row)).length,
  SUM_CONTACTS_ABANDONED_IN_X: (rows) => rows.filter((row) => quick(row) && abandoned(row)).length,
  CONTACTS_REMOVED_FROM_QUEUE_IN_X: (rows) => rows.filter(quick).length,
  SUM_CONTACTS_DISCONNECTED: (rows) =>
    rows.filter(
      (row) =>
        queued(row) &&
        !connected(row) &&
        !transferred(row) &&
        !(time(row, 'dequeue_time') < time(row, 'disconnect_time')),
    ).length,
  AVG_CONTACT_DURATION: (rows) =>
    average(rows, (row) => seconds(time(row, 'initiation_time'), time(row, 'disconnect_time'))),
  SUM_CONTACT_FLOW_TIME: (rows) =>
    total(
      rows.filter(
        (row) =>
          ['INBOUND', 'TRANSFER', 'QUEUE_TRANSFER', 'API'].includes(String(row.initiation_method)) &&
          is(row, 'connected_to_system_time'),
      ),
      (row) => Math.max(0, seconds(time(row, 'connected_to_system_time'), flowEnd(row))),
    ),
  AVG_AGENT_PAUSE_TIME: (rows) =>
    average(
      rows.filter((row) => n(row, 'agent_pause_duration') > 0),
      sumOf('agent_pause_duration'),
    ),
  AVG_ACTIVE_TIME: (rows) =>
    average(
      rows.filter((row) => sumOf(...parts)(row) > 0),
      sumOf(...parts),
    ),
  AVG_RESOLUTION_TIME: (rows) =>
    average(rows, (row) =>
      seconds(
        time(row, 'initiation_time'),
        Math.max(
          time(row, 'disconnect_time'),
          is(row, 'after_contact_work_end_time') ? time(row, 'after_contact_work_end_time') : 0,
        ),
      ),
    ),
};

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
      const dateOf = dateIn(place.zone);
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
        const day = dateOf(new Date(row.StartTime * 1000));
        expect(new Date(row.StartTime * 1000)).toEqual(beginningOf(day, place.zone));
        expect(dateOf(new Date(row.EndTime * 1000 - 1))).toBe(day);
        const keys = row.Dimensions.map(({ Id }) => Id ?? null);
        seen.add(JSON.stringify([day, keys]));
        for (const [index, name] of metricNames.entries()) {
          if (notApplicable(name, groupings).length > 0) continue;
          const own = within(name).filter(
            (fact) =>
              dateOf(new Date(time(fact, timeOf(name)))) === day &&
              groupings.every((grouping, place) => keyOf(fact, grouping) === keys[place]),
          );
          close(row.Values[index]?.Value, plain[name](own), `${name} of ${day} ${keys}`);
        }
      }
      for (const [index, name] of metricNames.entries()) {
        if (notApplicable(name, groupings).length > 0) continue;
        close(shown.Totals[index]?.Value, plain[name](within(name)), `${name} in all`);
        for (const fact of within(name)) {
          const keys = groupings.map((grouping) => keyOf(fact, grouping));
          if (!keys.includes(null))
            expect(seen).toContain(JSON.stringify([dateOf(new Date(time(fact, timeOf(name)))), keys]));
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
