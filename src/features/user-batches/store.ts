import { type RawBuilder, type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { UserBatchTable } from '../../database/tables.ts';
import type { KindCounts, UserBatch, UserBatchStatus, UserBatchType } from './types.ts';

type Row = Selectable<UserBatchTable> & { retried_by: string | null };

const columns = sql`b.*, (select r.id from user_batch r where r.retry_of = b.id) as retried_by`;

function fromRow(row: Row): UserBatch {
  return {
    id: row.id,
    instanceId: row.instance_id,
    type: row.type,
    status: row.status,
    instructions: row.instructions,
    requestedBy: { type: row.requested_by_type, id: row.requested_by_id, name: row.requested_by_name },
    requestId: row.request_id,
    requestHash: row.request_hash,
    retryOf: row.retry_of,
    retriedBy: row.retried_by,
    counts: {
      requested: row.requested_count,
      succeeded: row.succeeded_count,
      failed: row.failed_count,
      stopped: row.stopped_count,
    },
    kindCounts: row.kind_counts,
    retryableCount: row.retryable_count,
    rangeErrors: row.range_errors,
    note: row.note,
    createdTime: row.created_time,
    startTime: row.start_time,
    endTime: row.end_time,
    dismissed: row.dismissed_time !== null,
  };
}

export async function findUserBatch(db: Db | Tx, instanceId: string, id: string): Promise<UserBatch | null> {
  const { rows } = await sql<Row>`
    select ${columns} from user_batch b where b.instance_id = ${instanceId} and b.id = ${id}`.execute(db);
  return rows[0] ? fromRow(rows[0]) : null;
}

/** With the batch's lock: waits for the range that is being done, and keeps the next one from beginning. */
export async function lockUserBatch(tx: Tx, instanceId: string, id: string): Promise<UserBatch | null> {
  await sql`select id from user_batch where instance_id = ${instanceId} and id = ${id} for update`.execute(tx);
  // Read in a second statement, whose snapshot is younger than the lock: retried_by comes from another row.
  return findUserBatch(tx, instanceId, id);
}

/**
 * Takes the batch that has waited longest for a worker, and its lock; null when there is none, or others have them all.
 *
 * The lock IS the lease and the fence. It lives exactly as long as the worker's transaction: a worker that is killed
 * loses it with its connection, and the next one takes the same range at once, with nothing to expire and no owner to
 * compare; a worker that is cut off cannot write late, for its transaction is gone. Because every range chooses anew,
 * batches share the workers range by range: one of 10 records does not wait for one of 50,000.
 */
export async function claimUserBatch(tx: Tx, types: readonly UserBatchType[]): Promise<UserBatch | null> {
  const { rows } = await sql<Selectable<UserBatchTable>>`
    select * from user_batch
    where status in ('QUEUED', 'IN_PROGRESS') and type = any(${types}::text[])
    order by last_range_time nulls first, created_time
    limit 1 for update skip locked`.execute(tx);
  return rows[0] ? fromRow({ ...rows[0], retried_by: null }) : null;
}

export interface NewUserBatch {
  readonly id: string;
  readonly instanceId: string;
  readonly type: UserBatchType;
  readonly instructions: object;
  readonly requestedBy: UserBatch['requestedBy'];
  readonly requestId: string;
  readonly clientToken: string | null;
  readonly requestHash: string;
  readonly retryOf: string | null;
  readonly createdTime: Date;
}

/**
 * False when the caller has used the client token before: then nothing was written. Of two submissions at the same
 * time with one token, the second waits here for the first one's commit.
 */
export async function insertUserBatch(tx: Tx, batch: NewUserBatch): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into user_batch (id, instance_id, type, status, instructions, requested_by_type, requested_by_id,
      requested_by_name, request_id, client_token, request_hash, retry_of, requested_count, created_time)
    values (${batch.id}, ${batch.instanceId}, ${batch.type}, 'QUEUED', ${JSON.stringify(batch.instructions)},
      ${batch.requestedBy.type}, ${batch.requestedBy.id}, ${batch.requestedBy.name}, ${batch.requestId},
      ${batch.clientToken}, ${batch.requestHash}, ${batch.retryOf}, 0, ${batch.createdTime})
    on conflict (instance_id, requested_by_type, requested_by_id, client_token) where client_token is not null
      do nothing`.execute(tx);
  return numAffectedRows === 1n;
}

/** What of a requester is not done yet, in all instances. */
export interface Unfinished {
  readonly batches: number;
  readonly records: number;
}

/**
 * What of this requester is unfinished but for one batch. Locks the requester until the transaction ends, so that nothing
 * is added to it meanwhile; the lock comes after that of a batch and before all others.
 */
export async function lockUnfinishedOf(
  tx: Tx,
  { type, id }: UserBatch['requestedBy'],
  exceptId: string,
): Promise<Unfinished> {
  await sql`
    insert into user_batch_requester (type, id) values (${type}, ${id})
    on conflict (type, id) do update set id = excluded.id`.execute(tx);
  // In a second statement, whose snapshot is younger than the lock.
  const { rows } = await sql<Unfinished>`
    select count(*) as batches,
      coalesce(sum(requested_count - succeeded_count - failed_count - stopped_count), 0) as records
    from user_batch
    where requested_by_type = ${type} and requested_by_id = ${id} and status in ('QUEUED', 'IN_PROGRESS', 'PAUSED')
      and id <> ${exceptId}`.execute(tx);
  return rows[0] ?? { batches: 0, records: 0 };
}

export async function findUserBatchByToken(
  tx: Tx,
  instanceId: string,
  requestedBy: UserBatch['requestedBy'],
  clientToken: string,
): Promise<UserBatch | null> {
  const { rows } = await sql<Row>`
    select ${columns} from user_batch b
    where b.instance_id = ${instanceId} and b.requested_by_type = ${requestedBy.type}
      and b.requested_by_id = ${requestedBy.id} and b.client_token = ${clientToken}`.execute(tx);
  return rows[0] ? fromRow(rows[0]) : null;
}

export async function setRequestedCount(tx: Tx, id: string, count: number): Promise<void> {
  await tx.updateTable('user_batch').set({ requested_count: count }).where('id', '=', id).execute();
}

export interface RangeTotals {
  readonly succeeded: number;
  readonly failed: number;
  readonly retryable: number;
  /** Those of the whole batch: whoever holds its lock has read the ones before. */
  readonly kindCounts: KindCounts;
}

/** Adds up a range that was done. Takes for granted that the caller holds the batch's lock. */
export async function finishRange(
  tx: Tx,
  id: string,
  status: UserBatchStatus,
  totals: RangeTotals,
  time: Date,
): Promise<void> {
  // The database's clock orders the batches: it is one for all machines, and finer than a millisecond.
  await sql`
    update user_batch set status = ${status},
      succeeded_count = succeeded_count + ${totals.succeeded},
      failed_count = failed_count + ${totals.failed},
      retryable_count = retryable_count + ${totals.retryable},
      kind_counts = ${JSON.stringify(totals.kindCounts)},
      start_time = coalesce(start_time, greatest(created_time, ${time})),
      end_time = case when ${status} = 'IN_PROGRESS' then null else greatest(created_time, start_time, ${time}) end,
      last_range_time = clock_timestamp(),
      range_errors = 0,
      note = null
    where id = ${id}`.execute(tx);
}

/**
 * After a range that failed as a whole: the batch goes to the end of the line, so that it holds up no other. `note` says
 * what its records wait for when it is not the batch's fault.
 */
export async function postponeUserBatch(
  tx: Tx,
  id: string,
  { errors, note }: { readonly errors: number; readonly note: string | null },
): Promise<void> {
  await sql`
    update user_batch set last_range_time = clock_timestamp(), range_errors = range_errors + ${errors}, note = ${note}
    where id = ${id}`.execute(tx);
}

export async function setStatus(tx: Tx, id: string, status: UserBatchStatus): Promise<void> {
  await tx.updateTable('user_batch').set({ status }).where('id', '=', id).execute();
}

export async function setStopped(tx: Tx, id: string, stoppedRecords: number, time: Date): Promise<void> {
  await sql`
    update user_batch set status = 'STOPPED', stopped_count = ${stoppedRecords}, end_time = ${time}
    where id = ${id}`.execute(tx);
}

export async function setDismissed(tx: Tx, id: string, by: string, time: Date): Promise<void> {
  await tx.updateTable('user_batch').set({ dismissed_time: time, dismissed_by: by }).where('id', '=', id).execute();
}

/** Newest first, behind the given one; `limit` at most. */
export async function listUserBatches(
  db: Db,
  instanceId: string,
  filter: {
    readonly dismissed: boolean | undefined;
    readonly statuses: readonly UserBatchStatus[];
    readonly requestedById: string | undefined;
  },
  after: { readonly createdTime: Date; readonly id: string } | null,
  limit: number,
): Promise<UserBatch[]> {
  const conditions: RawBuilder<unknown>[] = [sql`b.instance_id = ${instanceId}`];
  if (filter.dismissed !== undefined) {
    conditions.push(filter.dismissed ? sql`b.dismissed_time is not null` : sql`b.dismissed_time is null`);
  }
  if (filter.statuses.length > 0) conditions.push(sql`b.status = any(${filter.statuses}::text[])`);
  if (filter.requestedById !== undefined) conditions.push(sql`b.requested_by_id = ${filter.requestedById}`);
  if (after) {
    conditions.push(sql`b.created_time <= ${after.createdTime}
      and (b.created_time < ${after.createdTime} or b.id > ${after.id}::uuid)`);
  }
  const { rows } = await sql<Row>`
    select ${columns} from user_batch b where ${sql.join(conditions, sql` and `)}
    order by b.created_time desc, b.id limit ${limit}`.execute(db);
  return rows.map(fromRow);
}
