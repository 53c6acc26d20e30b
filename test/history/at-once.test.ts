import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/database/pool.ts';
import { pruneContacts } from '../../src/features/contacts/retention-store.ts';
import { agentStream } from '../support/agent-events.ts';
import { centreForFile, openCentre } from '../support/centre.ts';
import { contactRecord } from '../support/contact-records.ts';
import { randomFrom } from '../support/random.ts';

/* Imports that meet each other, deletions and the pruning of what is old: the end is as if they had come one by one. */

const centre = centreForFile({ max: 8, clock: new Date('2026-06-01T00:00:00Z') });
const random = randomFrom(20260601);
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, place: random.below(1_000_000) }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
const start = new Date('2026-05-04T09:00:00Z');
const tables = [
  'contact',
  'contact_raw',
  'agent_event',
  'agent_segment',
  'agent_interval',
  'agent_offer',
  'agent_session',
  'agent_snapshot',
  'queue_snapshot',
];
const empty = async () => {
  for (const table of tables) await sql`delete from ${sql.table(table)}`.execute(centre.db);
};
afterEach(empty);

/** Every row, but for how often it was written. */
async function stateOf() {
  const state: Record<string, unknown> = {};
  for (const table of tables) {
    const { rows } = await sql<{ row: string }>`
      select (to_jsonb(t) - 'version')::text as row from ${sql.table(table)} t order by 1`.execute(centre.db);
    state[table] = rows.map(({ row }) => row);
  }
  return state;
}

const person = (username: string, id: string = randomUUID()) => ({
  id,
  username,
  routingProfile: { id: randomUUID(), name: 'Tier 1' },
});
const queues = ['Support', 'Billing', 'Sales'].map((name) => ({ id: randomUUID(), name }));
const contacts = (count: number, agents: readonly ReturnType<typeof person>[]) =>
  Array.from({ length: count }, (_, index) =>
    contactRecord(centre.instance, {
      contactId: randomUUID(),
      start: new Date(start.getTime() + index * 60_000),
      agent: random.pick(agents),
      queue: random.pick(queues),
    }),
  );
const records = (Records: readonly string[]) => centre.call('ImportContactRecords', { Records });
const events = (Records: readonly string[]) => centre.call('ImportAgentEvents', { Records });

test('the same records in several imports at once are each new once, and stand there as after one', async () => {
  const agents = ['ada', 'bob', 'cleo'].map((name) => person(name));
  const all = contacts(200, agents);
  const answers = await Promise.all([all, shuffled(all), shuffled(all)].map(records));
  expect(answers.map(({ NewCount }) => NewCount).reduce((sum, count) => sum + count, 0)).toBe(200);
  expect(answers.map(({ SameCount }) => SameCount).reduce((sum, count) => sum + count, 0)).toBe(400);
  const together = await stateOf();
  await empty();
  await records(all);
  expect(together).toEqual(await stateOf());
});

test('the events of agents in pieces, in any order and at once, leave what they leave in order', async () => {
  const all = ['ada', 'bob', 'cleo'].flatMap((name) => {
    const contactId = randomUUID();
    const [queue] = queues;
    return agentStream(centre.instance, person(name), start, [
      { at: 0, type: 'LOGIN' },
      ...Array.from({ length: 20 }, (_, index) => [
        { at: index * 300_000 + 1000, status: index % 2 === 0 ? 'Available' : 'Lunch' },
        { at: index * 300_000 + 60_000, contact: { contactId, state: 'CONNECTING', ...(queue && { queue }) } },
        { at: index * 300_000 + 70_000, contact: { contactId, state: index % 3 === 0 ? 'MISSED' : 'CONNECTED' } },
        { at: index * 300_000 + 90_000, contact: { contactId, state: null } },
      ]).flat(),
      { at: 7_000_000, type: 'LOGOUT' },
    ]);
  });
  await events(all);
  const inOrder = await stateOf();
  for (let round = 0; round < 2; round += 1) {
    await empty();
    const mixed = shuffled(all);
    // Each is in two of the pieces.
    const pieces = Array.from({ length: 6 }, (_, piece) =>
      mixed.filter((_, index) => index % 6 === piece || index % 6 === (piece + 1) % 6),
    );
    const answers = await Promise.all(pieces.map(events));
    expect(answers.reduce((sum, { NewCount }) => sum + NewCount, 0)).toBe(all.length);
    expect(await stateOf()).toEqual(inOrder);
  }
});

test('an import while its agents are deleted, and while what is old is pruned, loses nothing and meets no error', async () => {
  const ids = await centre.addUsers(40);
  const agents = ids.map((id, index) => person(`agent${String(index + 1).padStart(5, '0')}`, id));
  const before = contacts(100, agents);
  await records(before);
  const old = Array.from({ length: 200 }, () =>
    contactRecord(centre.instance, {
      contactId: randomUUID(),
      start: new Date('2024-01-01T09:00:00Z'),
      agent: random.pick(agents),
      queue: random.pick(queues),
    }),
  );
  await records(old);
  const later = [contacts(60, agents), contacts(60, agents), contacts(60, agents)];
  const streams = agents.slice(0, 20).map((agent) =>
    agentStream(centre.instance, agent, start, [
      { at: 0, type: 'LOGIN' },
      { at: 1000, status: 'Available' },
    ]),
  );
  await centre.call('StartUserDeletion', { UserIds: ids });
  const prune = async () => {
    while (await pruneContacts(centre.db, new Date('2025-01-01'), 20));
  };
  await Promise.all([
    ...later.map(records),
    ...later.map(records),
    records(old.slice(0, 50)),
    ...streams.map(events),
    centre.work({ rangeSize: 5 }),
    prune(),
    prune(),
  ]);
  await prune();
  expect(await centre.living(ids)).toBe(0);
  const { rows } = await sql<{ contacts: number; raw: number; nameless: number; old: number }>`
    select count(*) as contacts, count(r.contact_id) as raw,
      count(*) filter (where a.id is null or q.id is null or a.first_name is null) as nameless,
      count(*) filter (where c.initiation_time < '2025-01-01') as old
    from contact c
      left join contact_raw r using (instance_id, contact_id)
      left join agent_snapshot a on a.id = c.agent_snapshot_id
      left join queue_snapshot q on q.id = c.queue_snapshot_id`.execute(centre.db);
  expect(rows).toEqual([{ contacts: 280, raw: 280, nameless: 0, old: 0 }]);
  const { rows: segments } = await sql<{ agents: number }>`
    select count(distinct s.agent_id) as agents from agent_segment s
      join agent_snapshot a on a.id = s.agent_snapshot_id`.execute(centre.db);
  expect(segments).toEqual([{ agents: 20 }]);
});

test('what takes the database longer than it may is refused as too much, and is no fault of ours', async () => {
  const other = await openCentre({ max: 1 });
  const blocking = await openDatabase({ embeddedConnection: other.database.connection, max: 1 });
  const blocker = await blocking.pool.connect();
  try {
    await blocker.query('begin; lock table contact in access exclusive mode');
    await other.database.pool.query(`set statement_timeout = '1s'`);
    const TimeRange = { Type: 'INITIATION_TIMESTAMP', StartTime: 0, EndTime: 1 };
    await expect(other.send('SearchContacts', { TimeRange })).rejects.toMatchObject({
      code: 'ThrottlingException',
      message: expect.stringContaining('Ask for less'),
    });
  } finally {
    await blocker.query('rollback');
    blocker.release();
    await blocking.close();
    await other.close();
  }
});
