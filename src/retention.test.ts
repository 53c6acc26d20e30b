import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { batchesOf } from '../test/support/batches.ts';
import { centreForEach } from '../test/support/centre.ts';
import { contactRecord } from '../test/support/contact-records.ts';
import { numberChanges } from './audit/feed-numbers.ts';
import { inTransaction } from './database/transaction.ts';
import { pruneContacts } from './features/contacts/retention-store.ts';
import { insertSession } from './features/sessions/store.ts';
import { pruneUserBatches } from './features/user-batches/retention-store.ts';
import { prunings, type Retention } from './retention.ts';

const centre = centreForEach();
const batches = batchesOf(centre);

const silent = { info: () => undefined, warn: () => undefined };

async function prune(retention: Retention) {
  while (await numberChanges(centre.db, 1000));
  for (const piece of prunings(centre.db, retention, silent)) while (await piece());
}

async function count(table: string, condition = 'true'): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from ${sql.table(table)} where ${sql.raw(condition)}`.execute(centre.db);
  return rows[0]?.count ?? -1;
}

/** As if all of it had happened so many days ago. */
async function age(days: number) {
  for (const [table, columns] of Object.entries({
    user_batch: ['created_time', 'start_time', 'end_time'],
    audit_entry: ['time'],
    change_set: ['time'],
    session: ['created_time', 'expires_time'],
  })) {
    for (const column of columns) {
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sql.ref(column)} - make_interval(days => ${days})`.execute(
        centre.db,
      );
    }
  }
}

test('sessions that have expired and feed entries past their days go; batches, results and audit stay for good', async () => {
  const { UserBatchId } = await batches.start({ UserIds: [...(await centre.addUsers(3)), randomUUID()] });
  await centre.work();
  const signIn = () =>
    inTransaction(centre.db, (tx) =>
      insertSession(tx, { id: centre.admin.userId, instanceId: centre.instance.id }, new Date()),
    );
  await signIn();
  await age(31);
  await signIn();
  await batches.start({ UserIds: [randomUUID()] });
  const audited = await count('audit_entry');
  const before = await count('change_entry');
  await prune({ feedDays: 30, refusalDays: 90, batchDays: null, auditDays: null, contactDays: null });
  expect(await count('session')).toBe(1);
  expect(await count('change_entry')).toBe(1);
  expect(before).toBeGreaterThan(1);
  // The end of the session is written down.
  expect(await count('audit_entry')).toBe(audited + 1);
  expect(await batches.results(UserBatchId)).toHaveLength(4);
  // The other has nothing unfinished any more.
  expect(await count('user_batch_requester')).toBe(1);
  await centre.work();
  await prune({ feedDays: 30, refusalDays: 90, batchDays: null, auditDays: null, contactDays: null });
  expect(await count('user_batch_requester')).toBe(0);
});

test('counts of refusals are kept by the minute for a day, and by the hour after it', async () => {
  const row = { kind: 'CALL', caller_type: 'ADDRESS', address: '192.0.2.1', count: 1, reasons: '{"wrong":1}' } as const;
  const refused = (days: number, caller_id: string) => ({
    ...{ ...row, caller_id, caller_name: caller_id },
    minute: new Date(Math.floor(Date.now() / 60_000) * 60_000 - days * 86_400_000),
  });
  await centre.db
    .insertInto('refusal_count')
    .values([refused(0, 'now'), refused(2, 'before'), refused(91, 'long ago')])
    .execute();
  await prune({ feedDays: 30, refusalDays: 90, batchDays: null, auditDays: null, contactDays: null });
  const left = await centre.db.selectFrom('refusal_count').select(['caller_id', 'span']).orderBy('minute').execute();
  expect(left).toEqual([
    { caller_id: 'before', span: 'HOUR' },
    { caller_id: 'now', span: 'MINUTE' },
  ]);
});

test('with settings, ended batches with their results and the audit go when their days are over', async () => {
  const old = await batches.start({ UserIds: [randomUUID(), randomUUID()] });
  const unfinished = await batches.start({ UserIds: [randomUUID()] });
  await batches.steer('Pause', unfinished.UserBatchId);
  await centre.work();
  await age(100);
  const young = await batches.start({ UserIds: [randomUUID()] });
  await centre.work();
  await prune({ feedDays: 30, refusalDays: 90, batchDays: 90, auditDays: 90, contactDays: 60 });
  const left = await centre.db.selectFrom('user_batch').select('id').execute();
  expect(left.map(({ id }) => id).sort()).toEqual([unfinished.UserBatchId, young.UserBatchId].sort());
  expect(await count('user_batch_record')).toBe(2);
  expect(await count('audit_entry', "time < now() - interval '90 days'")).toBe(0);
  expect(await count('audit_entry')).toBeGreaterThan(0);
  await expect(batches.describe(old.UserBatchId)).rejects.toThrow('There is no user batch');
});

test('contacts go when their days are over, and the names of people and queues with the last contact that speaks of them', async () => {
  const { instance } = centre;
  const imported = async (days: number, agents: readonly string[]) => {
    const start = new Date(Date.now() - days * 86_400_000);
    const Records = agents.map((username, index) =>
      contactRecord(instance, {
        contactId: randomUUID(),
        start,
        agent: { id: `00000000-0000-4000-8000-00000000000${username}`, username },
        queue: { id: `00000000-0000-4000-8000-00000000001${index}`, name: `Queue ${index}` },
      }),
    );
    await centre.call('ImportContactRecords', { Records });
  };
  await imported(100, ['1', '2', '3']);
  await imported(10, ['2']);
  while (await pruneContacts(centre.db, new Date(Date.now() - 50 * 86_400_000), 2));
  expect(await count('contact')).toBe(1);
  expect(await count('contact_raw')).toBe(1);
  expect(await count('agent_snapshot')).toBe(1);
  expect(await count('agent_snapshot', "username = '2'")).toBe(1);
  expect(await count('queue_snapshot', "name = 'Queue 0'")).toBe(1);
  await prune({ feedDays: 30, refusalDays: 90, batchDays: null, auditDays: null, contactDays: null });
  expect(await count('contact')).toBe(1);
  await prune({ feedDays: 30, refusalDays: 90, batchDays: null, auditDays: null, contactDays: 9 });
  expect(await count('contact')).toBe(0);
  expect(await count('agent_snapshot')).toBe(0);
});

test('how users were deleted is kept in the audit as long as their contacts are', async () => {
  const [id = ''] = await centre.addUsers(1);
  await centre.call('DeleteUser', { UserId: id });
  await age(100);
  const deletions = () => count('audit_entry', "change = 'DELETED' and resource_type = 'agent'");
  const days = { feedDays: 30, refusalDays: 90, batchDays: null, auditDays: 30 };
  await prune({ ...days, contactDays: null });
  await prune({ ...days, contactDays: 731 });
  expect(await count('audit_entry')).toBe(1);
  expect(await deletions()).toBe(1);
  await prune({ ...days, contactDays: 10 });
  expect(await deletions()).toBe(0);
});

test('a batch is kept as long as its retry, and goes in bites', async () => {
  const first = await batches.start({ UserIds: Array.from({ length: 5 }, () => randomUUID()) });
  await centre.work();
  await age(100);
  const retry = await batches.retry(first.UserBatchId);
  await centre.work();
  await prune({ feedDays: 30, refusalDays: 90, batchDays: 90, auditDays: null, contactDays: null });
  expect(await batches.results(first.UserBatchId)).toHaveLength(5);
  expect(await batches.results(retry.UserBatchId)).toHaveLength(5);
  await age(100);
  const { db } = centre;
  expect(await pruneUserBatches(db, new Date(), 4)).toBe(true);
  expect(await count('user_batch_record')).toBe(6);
  while (await pruneUserBatches(db, new Date(), 4));
  expect(await count('user_batch')).toBe(0);
});
