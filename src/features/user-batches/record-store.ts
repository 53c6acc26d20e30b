import { sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';
import type { SelectedUser } from '../users/selected-user.ts';
import { listSelectedUsers, type UserSelection, usersFound } from '../users/selection.ts';
import type { PendingRecord, RecordOutcome, RecordStatus, UserBatchRecord } from './types.ts';

/** All SQL of `user_batch_record`. Whoever writes holds the lock of the batch's row, so these need none of their own. */

/** One record for each selected user, `limit` at most, in one statement. Answers how many. */
export async function insertRecords(
  tx: Tx,
  batchId: string,
  instance: Instance,
  selection: UserSelection,
  access: Access,
  limit: number,
): Promise<number> {
  if (selection.kind !== 'SEARCH') {
    return insertListed(tx, batchId, await listSelectedUsers(tx, instance, selection, access, limit));
  }
  const { numAffectedRows } = await sql`
    insert into user_batch_record (user_batch_id, position, user_id, username, first_name, last_name)
    select ${batchId}, s.position, s.user_id, s.username, s.first_name, s.last_name
    from ${usersFound(instance, selection.search, access, limit, 'ID')} s`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

async function insertListed(tx: Tx, batchId: string, users: readonly SelectedUser[]): Promise<number> {
  const column = <Value>(read: (user: SelectedUser) => Value) => users.map(read);
  await sql`
    insert into user_batch_record (user_batch_id, position, user_id, username, first_name, last_name, given,
      case_differs, finding, error_code, reason)
    select ${batchId}, s.* from unnest(${column((user) => user.position)}::int[], ${column((user) => user.userId)}::uuid[],
      ${column((user) => user.username)}::text[], ${column((user) => user.firstName)}::text[],
      ${column((user) => user.lastName)}::text[], ${column((user) => user.given)}::text[],
      ${column((user) => user.caseDiffers)}::boolean[], ${column((user) => user.failure?.finding ?? null)}::text[],
      ${column((user) => user.failure?.code ?? null)}::text[], ${column((user) => user.failure?.reason ?? null)}::text[]) s`.execute(
    tx,
  );
  return users.length;
}

/**
 * The failed records of one batch as the pending ones of another, in their order. What stood for nobody does so still,
 * for the same reason. Answers how many.
 */
export async function copyFailedRecords(tx: Tx, fromBatchId: string, toBatchId: string): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into user_batch_record (user_batch_id, position, user_id, username, first_name, last_name, given,
      case_differs, payload, finding, error_code, reason)
    select ${toBatchId}, row_number() over (order by position), user_id, username, first_name, last_name, given,
      case_differs, payload, case when ${standsForNobody} then finding end,
      case when ${standsForNobody} then error_code end, case when ${standsForNobody} then reason end
    from user_batch_record where user_batch_id = ${fromBatchId} and status = 'FAILED'`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/**
 * The next of a batch's pending records, in their order, `limit` at most.
 *
 * Bounded by position on both sides: right after a submission the table's statistics do not know of its 100,000 rows,
 * and the planner would read and sort all of them for each range (31 ms of 100,000, against 0.2 ms).
 */
export async function nextPendingRecords(tx: Tx, batchId: string, limit: number): Promise<PendingRecord<never>[]> {
  const first = sql`(
    select min(position) from user_batch_record where user_batch_id = ${batchId} and status = 'PENDING')`;
  const { rows } = await sql<PendingRecord<never>>`
    select position, user_id as "userId", username, first_name as "firstName", last_name as "lastName",
      error_code as "errorCode", reason, finding, payload
    from user_batch_record
    where user_batch_id = ${batchId} and status = 'PENDING' and position >= ${first} and position < ${first} + ${limit}
    order by position`.execute(tx);
  return rows;
}

/**
 * Writes what became of a range, in one statement. What was known of a person at submission is kept. The bounds on the
 * position are there for the planner, as above (51 ms for 500 of 100,000 without them, 5 ms with).
 */
export async function writeOutcomes(
  tx: Tx,
  batchId: string,
  outcomes: readonly RecordOutcome[],
  time: Date,
): Promise<void> {
  if (outcomes.length === 0) return;
  const positions = outcomes.map((outcome) => outcome.position);
  const rows = outcomes.map((outcome) =>
    outcome.status === 'FAILED'
      ? {
          position: outcome.position,
          status: outcome.status,
          error_code: outcome.errorCode,
          reason: outcome.reason,
          retryable: outcome.retryable,
          finding: outcome.finding,
          username: outcome.person?.username,
          first_name: outcome.person?.firstName,
          last_name: outcome.person?.lastName,
        }
      : {
          position: outcome.position,
          status: outcome.status,
          kind_counts: outcome.counts,
          user_id: outcome.userId,
          payload: outcome.payload,
        },
  );
  const { numAffectedRows } = await sql`
    update user_batch_record r set status = o.status, error_code = o.error_code, reason = o.reason,
      retryable = o.retryable, finding = o.finding, kind_counts = coalesce(o.kind_counts, '{}'), time = ${time},
      user_id = coalesce(r.user_id, o.user_id), payload = coalesce(o.payload, r.payload),
      username = coalesce(r.username, o.username), first_name = coalesce(r.first_name, o.first_name),
      last_name = coalesce(r.last_name, o.last_name)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as o (position integer, status text, error_code text,
      reason text, retryable boolean, finding text, kind_counts jsonb, user_id uuid, payload jsonb, username text,
      first_name text, last_name text)
    where r.user_batch_id = ${batchId} and r.position = o.position and r.status = 'PENDING'
      and r.position between ${Math.min(...positions)} and ${Math.max(...positions)}`.execute(tx);
  // Counts are added up, not counted: a record that was decided twice would make them wrong for good.
  if (numAffectedRows !== BigInt(outcomes.length)) throw new Error('A record of this range was no longer pending.');
}

/** Neither somebody who is there nor somebody to be made. */
const standsForNobody = sql`(user_id is null and payload is null)`;

/** Answers how many were still pending. */
export async function stopPendingRecords(tx: Tx, batchId: string, time: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update user_batch_record set status = 'STOPPED', time = ${time}
    where user_batch_id = ${batchId} and status = 'PENDING'`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** In the order of the submission, behind `after`; all statuses when none is given. */
export async function listRecords(
  db: Db,
  batchId: string,
  statuses: readonly RecordStatus[],
  after: number,
  limit: number,
): Promise<UserBatchRecord[]> {
  const ofStatus = statuses.length > 0 ? sql`and status = any(${statuses}::text[])` : sql``;
  const { rows } = await sql<UserBatchRecord>`
    select position, user_id as "userId", username, first_name as "firstName", last_name as "lastName", status,
      error_code as "errorCode", reason, retryable, time, kind_counts as "kindCounts", given,
      case_differs as "caseDiffers", finding
    from user_batch_record where user_batch_id = ${batchId} and position > ${after} ${ofStatus}
    order by position limit ${limit}`.execute(db);
  return rows;
}
