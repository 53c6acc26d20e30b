import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { inTransaction } from '../../database/transaction.ts';
import { andAll } from '../../operations/search.ts';
import { forgetRecordings } from '../recordings/store.ts';

/** Removes contacts that began before, and what nobody needs without them. @returns whether there may be more */
export async function pruneContacts(db: Db, before: Date, limit: number): Promise<boolean> {
  // By instance, for that is how the index is ordered.
  const { rows } = await sql<{ id: string }>`
    select i.id from instance i
    where exists (select 1 from contact c where c.instance_id = i.id and c.initiation_time < ${before}) limit 1`.execute(
    db,
  );
  const [instance] = rows;
  if (!instance) return pruneSnapshots(db, sql`true`, limit);
  await removeContacts(db, sql`c.instance_id = ${instance.id} and c.initiation_time < ${before}`, limit);
  return true;
}

/** The same for whatever is of an instance that is gone. */
export async function removeContactsOf(db: Db, instanceId: string, limit: number): Promise<boolean> {
  if ((await removeContacts(db, sql`c.instance_id = ${instanceId}`, limit)) > 0) return true;
  return pruneSnapshots(db, sql`s.instance_id = ${instanceId}`, limit);
}

function removeContacts(db: Db, condition: RawBuilder<SqlBool>, limit: number): Promise<number> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ instanceId: string; contactId: string }>`
      delete from contact where (instance_id, contact_id) in (
        select c.instance_id, c.contact_id from contact c where ${condition} limit ${limit} for update skip locked)
      returning instance_id as "instanceId", contact_id as "contactId"`.execute(tx);
    await forgetRecordings(tx, rows);
    await sql`
      delete from contact_raw where (instance_id, contact_id) in (
        select * from unnest(${rows.map((row) => row.instanceId)}::uuid[], ${rows.map((row) => row.contactId)}::uuid[]))`.execute(
      tx,
    );
    return rows.length;
  });
}

/** Who speaks of them, by a column that an index begins with after the instance. */
const snapshots = [
  {
    table: 'agent_snapshot',
    id: 'user_id',
    column: 'agent_id',
    speakers: ['contact', 'agent_segment', 'agent_interval', 'agent_offer', 'agent_session'],
  },
  { table: 'queue_snapshot', id: 'queue_id', column: 'queue_id', speakers: ['contact', 'agent_offer'] },
] as const;

/** Of agents and queues of whom nothing speaks any more: the names of people are not kept longer than what they did. */
async function pruneSnapshots(db: Db, condition: RawBuilder<SqlBool>, limit: number): Promise<boolean> {
  let more = false;
  for (const { table, id, column, speakers } of snapshots) {
    const unused = andAll(
      speakers.map(
        (speaker) => sql<SqlBool>`not exists (
          select 1 from ${sql.table(speaker)} r
          where r.instance_id = s.instance_id and r.${sql.ref(column)} = s.${sql.ref(id)})`,
      ),
    );
    const removed = await inTransaction(db, async (tx) => {
      const ids = await lockSnapshots(tx, table, sql`${condition} and ${unused}`, limit);
      // Asked again under the locks: an import that had one before us is to be seen now, and one that comes waits for us.
      const { numAffectedRows = 0n } = await sql`
        delete from ${sql.table(table)} s where s.id = any(${ids}::uuid[]) and ${unused}`.execute(tx);
      return numAffectedRows;
    });
    more ||= removed === BigInt(limit);
  }
  return more;
}

async function lockSnapshots(tx: Tx, table: string, condition: RawBuilder<SqlBool>, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select s.id from ${sql.table(table)} s where ${condition} limit ${limit} for update skip locked`.execute(tx);
  return rows.map(({ id }) => id);
}
