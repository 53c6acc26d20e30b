import { sql } from 'kysely';
import type { Db } from '../../database/db.ts';

/**
 * Removes results, and then batches, that ended before. A batch is kept as long as its retry is. Whoever reads results
 * meanwhile sees fewer, never wrong ones. @returns whether there may be more
 */
export async function pruneUserBatches(db: Db, before: Date, limit: number): Promise<boolean> {
  const over = sql`b.end_time < ${before} and not exists (select 1 from user_batch r where r.retry_of = b.id)`;
  const { numAffectedRows: records = 0n } = await sql`
    delete from user_batch_record where (user_batch_id, position) in (
      select r.user_batch_id, r.position from user_batch b join user_batch_record r on r.user_batch_id = b.id
      where ${over} limit ${limit} for update of r skip locked)`.execute(db);
  if (records > 0n) return true;
  const { numAffectedRows: batches = 0n } = await sql`
    delete from user_batch where id in (
      select b.id from user_batch b
      where ${over} and not exists (select 1 from user_batch_record r where r.user_batch_id = b.id)
      limit ${limit} for update skip locked)`.execute(db);
  return batches > 0n;
}

/** Those who have nothing unfinished: their row is made again when it is needed. @returns whether there may be more */
export async function pruneRequesters(db: Db, limit: number): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from user_batch_requester where (type, id) in (
      select r.type, r.id from user_batch_requester r
      where not exists (
        select 1 from user_batch b where b.requested_by_type = r.type and b.requested_by_id = r.id
          and b.status in ('QUEUED', 'IN_PROGRESS', 'PAUSED'))
      limit ${limit} for update skip locked)`.execute(db);
  return numAffectedRows === BigInt(limit);
}
