import { randomUUID } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { agentEvent, agentStream, type EventAgent, type Step } from '../../../test/support/agent-events.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import type { AgentSnapshot } from '../contacts/types.ts';
import { type AgentEvent, readAgentEvent } from './agent-event.ts';
import { checkAgent } from './check.ts';
import { recomputeIntervals, recomputeOffers, recomputeSessions } from './recompute.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: new Date('2026-06-01T00:00:00Z') });
const tables = ['agent_event', 'agent_segment', 'agent_interval', 'agent_offer', 'agent_session', 'agent_snapshot'];
/** Truncating takes longer for so few. */
async function empty() {
  for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(centre.db);
}
beforeEach(empty);

const start = new Date('2026-05-04T08:50:00Z');
const ada: EventAgent = {
  id: 'a0000000-0000-4000-8000-000000000001',
  username: 'ada',
  firstName: 'Ada',
  lastName: 'Lovelace',
  routingProfile: { id: 'b0000000-0000-4000-8000-000000000001', name: 'Tier 1' },
  groups: [{ id: 'd0000000-0000-4000-8000-000000000001', name: 'EMEA' }],
};
const call = 'c0000000-0000-4000-8000-000000000001';
const queue = { id: 'e0000000-0000-4000-8000-000000000001', name: 'Support' };
const minutes = (count: number) => count * 60_000;

const imported = (Records: readonly string[], more = {}) => centre.call('ImportAgentEvents', { Records, ...more });
const counts = async (Records: readonly string[], more = {}) => {
  const { NewCount, SameCount, HeartbeatCount, Refused } = await imported(Records, more);
  return [NewCount, SameCount, HeartbeatCount, Refused.length];
};

const rowsOf = async (table: string, order: string) => {
  const { rows } = await sql`
    select to_jsonb(t) as row, to_jsonb(a) - 'id' as agent from ${sql.table(table)} t
    left join agent_snapshot a on a.id = t.agent_snapshot_id order by ${sql.raw(order)}`.execute(centre.db);
  return rows as { row: Record<string, unknown>; agent: Record<string, unknown> }[];
};
const stateOf = async () => ({
  segments: await rowsOf('agent_segment', 't.agent_id, t.start_time'),
  intervals: await rowsOf('agent_interval', 't.agent_id, t.interval_start, t.agent_snapshot_id'),
  offers: await rowsOf('agent_offer', 't.event_id, t.contact_id'),
  sessions: await rowsOf('agent_session', 't.agent_id, t.login_time'),
});

const aDay: readonly Step[] = [
  { at: 0, type: 'LOGIN' },
  { at: minutes(5), status: 'Available' },
  { at: minutes(12), contact: { contactId: call, state: 'CONNECTING', queue } },
  { at: minutes(12) + 8000, contact: { contactId: call, state: 'CONNECTED', queue } },
  { at: minutes(20), contact: { contactId: call, state: 'ENDED', queue } },
  { at: minutes(22), contact: { contactId: call, state: null } },
  { at: minutes(30), status: 'Lunch', agent: { username: 'ada.king', routingProfile: undefined } },
  { at: minutes(50), status: 'Offline' },
  { at: minutes(51), type: 'LOGOUT' },
];

const nameIn = ({ row, agent }: { row: Record<string, unknown>; agent: Record<string, unknown> }) =>
  `${row.interval_start} ${agent.username}`;

test('events become segments, quarters of an hour, offers and a session', async () => {
  expect(await counts(agentStream(centre.instance, ada, start, aDay))).toEqual([9, 0, 0, 0]);
  const { segments, intervals, offers, sessions } = await stateOf();
  expect(segments.map(({ row }) => [row.status_name, row.activity, row.end_time === null])).toEqual([
    ['Offline', null, false],
    ['Available', null, false],
    ['Available', 'CONNECTING', false],
    ['Available', 'CONNECTED', false],
    ['Available', 'AFTER_CONTACT_WORK', false],
    ['Available', null, false],
    ['Lunch', null, false],
    ['Offline', null, false],
    ['Offline', null, true],
  ]);
  // Of a quarter by name: the ids of snapshots are hashes.
  intervals.sort((one, other) => nameIn(one).localeCompare(nameIn(other)));
  expect(
    intervals.map(({ row, agent }) => [
      new Date(String(row.interval_start)).toISOString().slice(11, 16),
      agent.username,
      row.online_ms,
      row.idle_ms,
      row.contact_ms,
      row.non_productive_ms,
    ]),
  ).toEqual([
    ['08:45', 'ada', minutes(5), minutes(5), 0, 0],
    ['09:00', 'ada', minutes(15), minutes(5) + 8000, minutes(10) - 8000, 0],
    ['09:15', 'ada', minutes(5), minutes(5), 0, 0],
    ['09:15', 'ada.king', minutes(10), 0, 0, minutes(10)],
    ['09:30', 'ada.king', minutes(10), 0, 0, minutes(10)],
  ]);
  expect(offers.map(({ row }) => [row.outcome, row.connecting_ms, row.queue_id, row.channel])).toEqual([
    ['ACCEPTED', 8000, queue.id, 'VOICE'],
  ]);
  expect(sessions.map(({ row }) => [row.source, row.logout_time === null])).toEqual([['EVENT', false]]);
  expect(segments[0]?.agent).toMatchObject({
    username: 'ada',
    first_name: 'Ada',
    routing_profile_name: 'Tier 1',
    hierarchy_group_names: ['EMEA'],
  });
});

test('heartbeats are counted and not kept; an event that is there changes nothing; a dry run writes nothing', async () => {
  const events = agentStream(centre.instance, ada, start, aDay);
  const state = { agent: ada, status: { name: 'Available', since: start }, contacts: [] };
  const beat = agentEvent(centre.instance, {
    time: start,
    agent: ada,
    current: state,
    previous: state,
    type: 'HEART_BEAT',
  });
  expect(await counts([beat, ...events, events[0] ?? ''], { DryRun: true })).toEqual([9, 1, 1, 0]);
  expect((await stateOf()).segments).toEqual([]);
  expect(await counts([beat, ...events, events[0] ?? ''])).toEqual([9, 1, 1, 0]);
  const before = await stateOf();
  expect(await counts([...events].reverse())).toEqual([0, 9, 0, 0]);
  expect(await stateOf()).toEqual(before);
});

test('an event is kept word for word, with what nobody here knows', async () => {
  const current = { agent: ada, status: { name: 'Available', since: start }, contacts: [] };
  const more = { Unknown: { of: ['the', 'future', 1.5] } };
  const text = agentEvent(centre.instance, { time: start, agent: ada, current, previous: null, more });
  await imported([text]);
  const { rows } = await sql<{ record: Buffer }>`select record from agent_event`.execute(centre.db);
  expect(inflateRawSync(rows[0]?.record ?? Buffer.of()).toString()).toBe(text);
});

test('where an event is missing the times that the next one tells are used, and it is marked', async () => {
  const events = agentStream(centre.instance, ada, start, aDay);
  // Without the offer and the connection: the end of the call says since when it was connected.
  await imported(events.filter((_, index) => index !== 2 && index !== 3));
  const { segments, intervals, offers } = await stateOf();
  expect(segments.slice(1, 4).map(({ row }) => [row.activity, row.incomplete])).toEqual([
    [null, true],
    ['CONNECTED', true],
    ['AFTER_CONTACT_WORK', false],
  ]);
  expect(intervals.map(({ row }) => row.incomplete)).toEqual([true, true, false, false, false]);
  expect(offers).toEqual([]);
  await imported(events);
  expect((await stateOf()).segments.every(({ row }) => row.incomplete === false)).toBe(true);
});

test('a state without an end counts for a week, and nobody who is offline counts', async () => {
  await imported(
    agentStream(centre.instance, ada, new Date('2026-01-04T00:00:00Z'), [
      { at: 0, status: 'Available' },
      { at: minutes(60 * 24 * 30), status: 'Offline' },
      { at: minutes(60 * 24 * 60), status: 'Lunch' },
    ]),
  );
  const { rows } = await sql<{ quarters: number; ms: number }>`
    select count(*) as quarters, sum(online_ms) as ms from agent_interval`.execute(centre.db);
  expect(rows).toEqual([{ quarters: 7 * 96, ms: minutes(7 * 24 * 60) }]);
});

test('outcomes of offers: missed, rejected, in error, left by the customer; a call that the agent makes is none of them', async () => {
  const id = (index: number) => `c0000000-0000-4000-8000-00000000001${index}`;
  const outcomes = ['MISSED', 'REJECTED', 'ERROR', null, 'CONNECTED'] as const;
  const steps = outcomes.flatMap((state, index): Step[] => {
    const contact = { contactId: id(index), queue, ...(index === 4 && { initiationMethod: 'OUTBOUND' }) };
    return [
      { at: minutes(index * 2), contact: { ...contact, state: 'CONNECTING' } },
      { at: minutes(index * 2) + 20_000, contact: { ...contact, state } },
      { at: minutes(index * 2 + 1), contact: { ...contact, state: null } },
    ];
  });
  await imported(agentStream(centre.instance, ada, start, steps));
  const { rows } = await sql`
    select outcome, initiation_method as method, connecting_ms as ms from agent_offer order by contact_id`.execute(
    centre.db,
  );
  expect(rows).toEqual([
    { outcome: 'MISSED', method: 'INBOUND', ms: 20_000 },
    { outcome: 'REJECTED', method: 'INBOUND', ms: 20_000 },
    { outcome: 'ERROR', method: 'INBOUND', ms: 20_000 },
    { outcome: 'CUSTOMER_LEFT', method: 'INBOUND', ms: 20_000 },
    { outcome: 'ACCEPTED', method: 'OUTBOUND', ms: 20_000 },
  ]);
});

const statuses = ['Available', 'Available', 'Lunch', 'Offline'];
const states = ['CONNECTING', 'CONNECTED', 'CONNECTED_ONHOLD', 'ENDED', 'MISSED', 'ERROR', null];
const agentNumber = (number: number): EventAgent => ({ ...ada, id: `a0000000-0000-4000-8000-00000000000${number}` });

/** Something happens after so many seconds: in streams of old versions often several in one. */
const happening = fc.record({
  seconds: fc.oneof(fc.constantFrom(0, 1), fc.integer({ min: 1, max: 2000 })),
  what: fc.oneof(
    fc.constantFrom(...statuses).map((status): Omit<Step, 'at'> => ({ status })),
    fc.record({ contact: fc.nat(2), state: fc.constantFrom(...states) }).map(
      ({ contact, state }): Omit<Step, 'at'> => ({
        contact: { contactId: `c0000000-0000-4000-8000-00000000000${contact}`, state, queue },
      }),
    ),
    fc.constantFrom<Omit<Step, 'at'>>({ type: 'LOGIN' }, { type: 'LOGOUT' }),
    // Renamed, re-profiled, moved.
    fc.constantFrom<Omit<Step, 'at'>>(
      { agent: { username: 'ada.king' } },
      { agent: { routingProfile: { id: 'b0000000-0000-4000-8000-000000000002', name: 'Tier 2' } } },
      { agent: { groups: [{ id: 'd0000000-0000-4000-8000-000000000002', name: 'APAC' }] } },
    ),
  ),
});

const keyOf = (agent: AgentSnapshot) =>
  JSON.stringify([agent.username, agent.routingProfile?.id, agent.hierarchyPath[0]?.id]);

/** What is there of an agent, as the recomputation says it. */
async function kept(agentId: string) {
  const of = sql`t.instance_id = ${centre.instance.id} and t.agent_id = ${agentId}`;
  const { rows: intervals } = await sql<Record<string, never>>`
    select t.*, s.username, s.routing_profile_id, s.hierarchy_group_ids[1] as group_id
    from agent_interval t join agent_snapshot s on s.id = t.agent_snapshot_id where ${of}`.execute(centre.db);
  const { rows: offers } = await sql`
    select t.contact_id as "contactId", t.start_time as start, t.end_time as end, t.outcome from agent_offer t
    where ${of} order by t.contact_id, t.end_time, t.start_time, t.outcome`.execute(centre.db);
  const { rows: sessions } = await sql`
    select t.login_time as login, t.logout_time as logout from agent_session t where ${of} order by t.login_time`.execute(
    centre.db,
  );
  const counted = intervals.map((row) => [
    `${new Date(row.interval_start ?? 0).toISOString()} ${JSON.stringify([row.username, row.routing_profile_id, row.group_id])}`,
    {
      online: row.online_ms,
      idle: row.idle_ms,
      contact: row.contact_ms,
      nonProductive: row.non_productive_ms,
      error: row.error_ms,
      incomplete: row.incomplete,
    },
  ]);
  return { intervals: Object.fromEntries(counted), offers, sessions };
}

test('in any order, with duplicates, late and lost events, what is kept is what a plain recomputation says', async () => {
  const people = [agentNumber(1), agentNumber(2)];
  const from = new Date('2026-05-04T08:45:00Z');
  const to = new Date('2026-05-05T12:00:00Z');
  await fc.assert(
    fc.asyncProperty(
      fc
        .array(fc.record({ person: fc.nat(1), happening, isLost: fc.boolean() }), { minLength: 2, maxLength: 24 })
        .chain((all) => {
          const texts = people.flatMap((person, number) => {
            let at = 0;
            const mine = all.filter((one) => one.person === number);
            const steps = mine.map(({ happening: { seconds, what } }): Step => {
              at += seconds * 1000;
              return { at, ...what };
            });
            // One of eight is lost.
            const stream = agentStream(centre.instance, person, start, steps);
            return stream.filter((_, index) => !(mine[index]?.isLost && index % 4 === 1));
          });
          return fc.record({
            texts: fc.constant(texts),
            order: fc.shuffledSubarray(texts, { minLength: texts.length }),
            again: fc.subarray(texts),
            cut: fc.nat(texts.length),
          });
        }),
      async ({ texts, order, again, cut }) => {
        await empty();
        for (const part of [order.slice(0, cut), order.slice(cut), again]) if (part.length > 0) await imported(part);
        const rules = {
          instance: centre.instance,
          anyInstance: false,
          keptDays: null,
          now: new Date('2026-06-01T00:00:00Z'),
        };
        const events = texts.map((text) => readAgentEvent(text, rules) as AgentEvent);
        for (const { id } of people) {
          const own = events.filter(({ agentId }) => agentId === id);
          const { intervals, offers, sessions } = await kept(id);
          expect(intervals).toEqual(Object.fromEntries(recomputeIntervals(own, from, to, keyOf)));
          const sorted = recomputeOffers(own).sort(
            (one, other) =>
              one.contactId.localeCompare(other.contactId) ||
              one.end.getTime() - other.end.getTime() ||
              one.start.getTime() - other.start.getTime() ||
              one.outcome.localeCompare(other.outcome),
          );
          expect(offers).toEqual(sorted);
          expect(sessions).toEqual(recomputeSessions(own));
        }
        const inOneGo = await stateOf();
        await empty();
        await imported(texts);
        expect(await stateOf()).toEqual(inOneGo);
      },
    ),
    { numRuns: 25 },
  );
});

test('working out anew takes no more events than it may, whatever the time', async () => {
  await imported(agentStream(centre.instance, ada, start, aDay));
  const time = { start: new Date('2026-05-04T00:00:00Z'), end: new Date('2026-05-05T00:00:00Z') };
  const checked = (most: number) => checkAgent(centre.db, centre.instance.id, ada.id, { ...time, most });
  expect(await checked(9)).toEqual({ events: 9, differences: [] });
  expect(await checked(8)).toBeNull();
});

test('an import is one entry in the audit, with its counts', async () => {
  const importer = await centre.signedIn(['ContactRecords.Import']);
  const events = agentStream(centre.instance, { ...ada, id: randomUUID() }, start, aDay);
  await centre.call('ImportAgentEvents', { Records: [...events, '{}'] }, importer);
  await centre.call('ImportAgentEvents', { Records: events }, importer);
  const entries = (await centre.history(centre.instance.id)).filter(
    ({ permission }) => permission === 'ContactRecords.Import',
  );
  expect(entries).toEqual([
    {
      operation: 'ImportAgentEvents',
      change: 'UPDATED',
      permission: 'ContactRecords.Import',
      details: { Changes: { AgentEvents: { Old: null, New: { New: 9, Same: 0, Heartbeats: 0, Refused: 1 } } } },
    },
  ]);
});
