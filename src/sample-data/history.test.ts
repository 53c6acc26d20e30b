import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordingsFolder } from '../../test/support/assembled.ts';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { readConfig } from '../config.ts';
import { prepareInstance } from '../first-start.ts';
import { folderStore } from '../folder-store.ts';
import { fillSampleData } from './fill.ts';
import { fillSampleHistory } from './fill-history.ts';
import { sampleSpeech } from './media.ts';

let database: TestDatabase;
const store = folderStore(recordingsFolder);
const log = { info: () => {}, error: () => {} };
const now = new Date('2026-07-08T12:00:00Z');
/** Working days, of which the last is from when those who have left were there. */
const days = [0, 1, 2, 26];

const fill = (signal = new AbortController().signal) =>
  fillSampleHistory({ db: database.db, store, alias: 'cordboard', days, log, signal });

beforeAll(async () => {
  database = await createTestDatabase();
  const config = readConfig({ CORDBOARD_ADMIN_PASSWORD: 'Test-Password-1' });
  await prepareInstance(database.db, config, now);
  await fillSampleData(database.db, config, now);
});
afterAll(() => database.close());

const one = async <Row>(query: ReturnType<typeof sql<Row>>) => (await query.execute(database.db)).rows[0];

test('the history of the sample centre comes day by day, and each day once', async () => {
  const stopped = AbortSignal.abort();
  expect(await fill(stopped)).toBe(0);
  const begun = performance.now();
  expect(await fill()).toBe(days.length);
  console.info(`${days.length} days in ${Math.round(performance.now() - begun)} ms`);
  const counted = sql<{ contacts: number; agents: number; events: number; last: Date }>`
    select count(*) as contacts, count(distinct agent_id) as agents, max(initiation_time) as last,
      (select count(*) from agent_event) as events from contact`;
  // It is told of no more.
  expect(await database.db.selectFrom('sample_history').selectAll().execute()).toEqual([]);
  const before = await one(counted);
  expect(before?.contacts).toBeGreaterThan(500);
  expect(before?.agents).toBeGreaterThan(40);
  expect(before?.last.getTime()).toBeLessThan(now.getTime());
  console.info(JSON.stringify(before));
  expect(await fill()).toBe(0);
  expect(await one(counted)).toEqual(before);
});

test('while it is being made the page is told how far it is, and a stop in the middle is gone on from', async () => {
  const { db } = database;
  const told: unknown[] = [];
  const stopping = new AbortController();
  // On the second new day it is stopped.
  const telling = {
    ...store,
    put: async (...given: Parameters<typeof store.put>) => {
      const rows = await db.selectFrom('sample_history').select(['filled', 'days']).execute();
      if (!told.some((one) => JSON.stringify(one) === JSON.stringify(rows[0]))) told.push(rows[0]);
      if (told.length === 2) stopping.abort();
      return store.put(...given);
    },
  };
  const more = [...days, 40, 41, 42];
  const filling = { db, store: telling, alias: 'cordboard', days: more, log };
  expect(await fillSampleHistory({ ...filling, signal: stopping.signal })).toBe(2);
  expect(told).toEqual([
    { filled: 4, days: 7 },
    { filled: 5, days: 7 },
  ]);
  expect(await fillSampleHistory({ ...filling, signal: new AbortController().signal })).toBe(1);
  expect(await db.selectFrom('sample_history').selectAll().execute()).toEqual([]);
});

test('today has contacts until now and nobody who is still at work, and each day says in the audit that it came', async () => {
  const today = await one(sql<Record<string, number>>`
    select count(*) filter (where initiation_time >= '2026-07-08') as contacts,
      count(*) filter (where disconnect_time is null or last_update_time > ${now}) as open,
      (select count(*) from agent_event where event_time > ${now}) as events,
      (select count(*) from agent_segment where end_time is null and status_type <> 'OFFLINE') as at_work,
      (select count(*) from agent_interval where interval_start >= '2026-07-08' and contact_ms > 0) as worked
    from contact`);
  expect(today).toMatchObject({ open: 0, events: 0, at_work: 0 });
  expect(today?.contacts).toBeGreaterThan(20);
  expect(today?.worked).toBeGreaterThan(20);
  const entries = await database.db
    .selectFrom('audit_entry')
    .select(['resource_type', 'change', 'actor_name', 'details'])
    .where('operation', '=', 'SampleData')
    .where('resource_type', '=', 'instance')
    .execute();
  const [entry] = entries.filter(({ details }) => JSON.stringify(details).includes('ContactRecords'));
  expect(entry).toMatchObject({
    change: 'UPDATED',
    actor_name: 'Cordboard',
    details: { Changes: { ContactRecords: { New: { New: expect.any(Number) } } } },
  });
  expect(entries).toHaveLength(2 * (days.length + 3));
});

test('it has all kinds of contacts, and people who have left, of whom the audit says by whom and when', async () => {
  const kinds = await one(sql<Record<string, number>>`
    select count(*) filter (where channel = 'VOICE') as voice, count(*) filter (where channel = 'CHAT') as chats,
      count(*) filter (where channel = 'TASK') as tasks, count(*) filter (where agent_id is null) as abandoned,
      count(*) filter (where initiation_method = 'CALLBACK') as callbacks,
      count(*) filter (where previous_contact_id is not null and agent_id is not null) as transfers,
      count(*) filter (where agent_id is not null and agent_id not in (select id from users)) as left,
      count(*) filter (where agent_id is not null and agent_id not in (select id from users)
        and exists (select 1 from audit_entry e where e.resource_id = agent_id::text and e.change = 'DELETED')) as told
    from contact`);
  expect(Object.entries(kinds ?? {}).filter(([, count]) => count === 0)).toEqual([]);
  expect(kinds?.told).toBe(kinds?.left);
  const odd = sql`select 1 from agent_interval where online_ms <> idle_ms + contact_ms + non_productive_ms or incomplete`;
  expect((await odd.execute(database.db)).rows).toEqual([]);
});

test('shifts are of many lengths, with a break or two', async () => {
  const { rows } = await sql<{ minutes: number; breaks: number }>`
    select extract(epoch from max(event_time) - min(event_time))::int / 60 as minutes,
      (select count(*) from agent_segment s where s.agent_id = e.agent_id and s.status_type = 'CUSTOM'
        and s.start_time between min(e.event_time) and max(e.event_time)) as breaks
    from agent_event e where event_time < '2026-07-08'
    group by agent_id, date_trunc('day', event_time)`.execute(database.db);
  expect(new Set(rows.map(({ minutes }) => minutes)).size).toBeGreaterThan(20);
  expect(new Set(rows.map(({ breaks }) => Number(breaks)))).toEqual(new Set([1, 2]));
});

test('a contact comes to a queue of its channel, and one handed on to another queue and another agent', async () => {
  const { rows } = await sql<{ channel: string; queue: string }>`
    select distinct c.channel, q.name as queue from contact c join queue q on q.id = c.queue_id`.execute(database.db);
  const special = new Map([
    ['Web chat', 'CHAT'],
    ['Back office', 'TASK'],
  ]);
  expect(rows.length).toBe(11);
  expect(rows.filter(({ channel, queue }) => channel !== (special.get(queue) ?? 'VOICE'))).toEqual([]);
  const handed = await one(sql<{ answered: number; same: number }>`
    select count(*) filter (where next.agent_id is not null) as answered,
      count(*) filter (where next.agent_id = c.agent_id or next.queue_id = c.queue_id) as same
    from contact next join contact c on c.contact_id = next.previous_contact_id and c.instance_id = next.instance_id`);
  expect(handed?.same).toBe(0);
  expect(handed?.answered).toBeGreaterThan(10);
});

test('some calls can be played, and chats be read', async () => {
  const rows = await database.db.selectFrom('recording').selectAll().execute();
  const types = rows.map((row) => row.content_type);
  const [recorded] = (
    await sql<{ agents: number; leavers: number }>`
      select count(distinct c.agent_id) as agents,
        count(distinct c.agent_id) filter (where c.agent_id not in (select id from users)) as leavers
      from recording r join contact c on c.contact_id = r.contact_id and c.instance_id = r.instance_id
      where r.content_type = 'audio/wav'`.execute(database.db)
  ).rows;
  // Of everybody on the newest days, and on every older one somebody who has left.
  expect(recorded?.agents).toBeGreaterThan(20);
  expect(recorded?.leavers).toBeGreaterThan(1);
  expect(new Set(types)).toEqual(new Set(['audio/wav', 'application/json']));
  const lengths = await sql<{ contact_id: string; seconds: number }>`
    select contact_id, extract(epoch from disconnect_time - connected_to_agent_time)::int as seconds
    from contact where agent_id is not null`.execute(database.db);
  const secondsOf = new Map(lengths.rows.map((row) => [row.contact_id, row.seconds]));
  for (const { contact_id: contactId, object_id: id, size, content_type: type } of rows) {
    const bytes = await buffer(store.read(id ?? '', 0, size - 1) as AsyncIterable<Buffer>);
    if (type === 'audio/wav') {
      expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
      // Eight thousand bytes are a second: it lasts as long as the call.
      if (secondsOf.has(contactId)) expect((size - 44) / 8000).toBe(secondsOf.get(contactId));
    } else expect(JSON.parse(bytes.toString()).Transcript.length).toBeGreaterThan(5);
  }
  expect(sampleSpeech(7, 1)).toEqual(sampleSpeech(7, 1));
  const loud = sampleSpeech(7, 10)
    .subarray(44)
    .filter((sample) => Math.abs(sample - 128) > 20);
  expect(loud.length).toBeGreaterThan(5000);
});
