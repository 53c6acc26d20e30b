import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.ts';
import { beforeThat, pruneAudit } from './store.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

test('what is past its time is found by an index, however much is kept', async () => {
  const { db } = database;
  await sql`
    insert into audit_entry (time, operation, actor_type, actor_id, actor_name, door, permission, resource_type, resource_id,
      resource_name, change, request_id)
    select '2026-01-01'::timestamptz + n * interval '1 minute', 'DeleteUser', 'SYSTEM', '', '', 'SYSTEM', '', 'agent', n::text, '',
      case n % 2 when 0 then 'DELETED' else 'CREATED' end, ''
    from generate_series(1, 4000) n`.execute(db);
  await sql`analyze audit_entry`.execute(db);
  const days = (day: number) => new Date(Date.UTC(2026, 0, day));
  for (const [deletions, index] of [
    [true, 'audit_entry_deletions_by_age'],
    [false, 'audit_entry_by_age'],
  ] as const) {
    const { rows } = await sql<{ 'QUERY PLAN': string }>`
      explain select id from audit_entry where ${beforeThat(days(2), deletions)} order by time limit 5000`.execute(db);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain(index);
    expect(plan).not.toContain('Seq Scan');
  }
  const left = async () => {
    const { rows } = await sql<{ change: string; count: number }>`
      select change, count(*)::int as count from audit_entry group by change order by change`.execute(db);
    return rows.map(({ change, count }) => [change, count]);
  };
  // 2026-01-02 is the 1440th minute.
  while (await pruneAudit(db, days(2), null, 100));
  expect(await left()).toEqual([
    ['CREATED', 1280],
    ['DELETED', 2000],
  ]);
  while (await pruneAudit(db, days(2), days(2), 100));
  expect(await left()).toEqual([
    ['CREATED', 1280],
    ['DELETED', 1281],
  ]);
});
