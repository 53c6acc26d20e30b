import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';
import { inTransaction, isUniqueViolation } from '../database/transaction.ts';
import type { Change } from './change.ts';
import { timeOrderedId } from './time-ordered-id.ts';

export const doors = ['WEBSITE', 'API', 'BATCH', 'REPLICATION', 'SYSTEM'] as const;
/** By which a change came. */
export type Door = (typeof doors)[number];

const doorOf = { USER: 'WEBSITE', ACCESS_KEY: 'API', SYSTEM: 'SYSTEM' } as const satisfies Record<string, Door>;

export interface AuditRecord {
  /** Null for account-level operations: what they change is an instance, or belongs to none. */
  readonly instanceId: string | null;
  readonly time: Date;
  readonly operation: string;
  readonly actor: { readonly type: 'USER' | 'ACCESS_KEY' | 'SYSTEM'; readonly id: string; readonly name: string };
  readonly permission: string;
  /** By which it came; by who it was, and whether a batch did it, if left out. */
  readonly door?: Door;
  readonly requestId: string;
  readonly userBatchId?: string;
  /** Id of the first entry, for `isAudited`; made up if left out. */
  readonly entryId?: string;
  readonly changes: readonly Change[];
}

/**
 * Writes one audit entry and one change-feed entry, of the same id, for each change, in the caller's transaction. Who
 * signs in is nothing that a follower of changes has to take over. Arrays go over in one statement each, so a range of
 * 500 deletions costs two round trips.
 */
export async function audit(tx: Tx, record: AuditRecord): Promise<void> {
  const { changes } = record;
  if (changes.length === 0) return;
  const instanceIds = changes.map(
    (change) => record.instanceId ?? (change.resourceType === 'instance' ? change.resourceId : null),
  );
  const types = changes.map((change) => change.resourceType);
  const ids = changes.map((change) => change.resourceId);
  const names = changes.map((change) => change.resourceName);
  const kinds = changes.map((change) => change.change);
  const details = changes.map((change) => (change.details ? JSON.stringify(change.details) : null));
  const entryIds = changes.map((_, index) => (index === 0 && record.entryId) || timeOrderedId());
  await sql`
    insert into audit_entry (id, instance_id, time, operation, actor_type, actor_id, actor_name, door,
      permission, resource_type, resource_id, resource_name, change, details, user_batch_id, request_id)
    select c.entry_id, c.instance_id, ${record.time}, ${record.operation}, ${record.actor.type}, ${record.actor.id},
      ${record.actor.name}, ${record.door ?? (record.userBatchId ? 'BATCH' : doorOf[record.actor.type])}, ${record.permission}, c.type, c.id, c.name, c.change, c.details::jsonb,
      ${record.userBatchId ?? null}::uuid, ${record.requestId}
    from unnest(${entryIds}::uuid[], ${instanceIds}::uuid[], ${types}::text[], ${ids}::text[], ${names}::text[],
      ${kinds}::text[], ${details}::text[]) as c (entry_id, instance_id, type, id, name, change, details)`.execute(tx);
  await sql`
    with entries as (
      select * from unnest(${entryIds}::uuid[], ${instanceIds}::uuid[], ${types}::text[], ${ids}::text[], ${kinds}::text[])
        as c (entry_id, instance_id, type, id, change)
      where c.type not in ('session', 'sign-in')
    ), added_set as (
      insert into change_set (id, time, size)
      select ${entryIds[0]}::uuid, ${record.time}, count(*) from entries having count(*) > 0
    )
    insert into change_entry (id, set_id, instance_id, resource_type, resource_id, change)
    select entry_id, ${entryIds[0]}::uuid, instance_id, type, id, change from entries`.execute(tx);
}

/** So long a transaction of which nobody knows whether it commits is waited for; the server ends an idle one earlier. */
const lockMilliseconds = 15_000;

/**
 * Whether the transaction that was to write the entry has committed. It may still be on its way: an entry of the same id
 * waits until that one is over, and then either finds it there or is rolled back itself.
 * @throws when that cannot be found out in time
 */
export async function isAudited(db: Db, entryId: string): Promise<boolean> {
  const free = new Error('No transaction has written this entry, and none will.');
  try {
    return await inTransaction(db, async (tx) => {
      await sql`select set_config('lock_timeout', ${String(lockMilliseconds)}, true)`.execute(tx);
      await sql`
        insert into audit_entry (id, time, operation, actor_type, actor_id, actor_name, door, permission, resource_type,
          resource_id, resource_name, change, request_id)
        values (${entryId}, now(), '', 'SYSTEM', '', '', 'SYSTEM', '', '', '', '', 'CREATED', '')`.execute(tx);
      throw free;
    });
  } catch (error) {
    if (error === free) return false;
    if (isUniqueViolation(error, 'audit_entry_pkey')) return true;
    throw error;
  }
}

/** How somebody went: the newest entry that says that the record was deleted. */
export interface Deletion {
  readonly resourceId: string;
  readonly resourceName: string;
  readonly time: Date;
  readonly actorName: string;
  readonly actorType: 'USER' | 'ACCESS_KEY' | 'SYSTEM';
  readonly operation: string;
  readonly userBatchId: string | null;
  /** What the entry keeps of the record; for a user its names. */
  readonly details: Readonly<Record<string, unknown>> | null;
}

/** When and by whom records were deleted, by id; what was never there, or never deleted, is not in the answer. */
export async function deletionsOf(
  db: Db | Tx,
  instanceId: string,
  ids: readonly string[],
): Promise<Map<string, Deletion>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Deletion>`
    select distinct on (resource_id) resource_id as "resourceId", resource_name as "resourceName", time,
      actor_name as "actorName", actor_type as "actorType", operation, user_batch_id as "userBatchId",
      details
    from audit_entry
    where instance_id = ${instanceId} and resource_id = any(${ids}::text[]) and change = 'DELETED'
    order by resource_id, time desc`.execute(db);
  return new Map(rows.map((row) => [row.resourceId, row]));
}

/** The same for something that belongs to the account and to no instance, such as an access key. */
export async function accountDeletionOf(db: Db | Tx, id: string): Promise<Deletion | null> {
  const { rows } = await sql<Deletion>`
    select resource_id as "resourceId", resource_name as "resourceName", time, actor_name as "actorName",
      actor_type as "actorType", operation, user_batch_id as "userBatchId", details
    from audit_entry where instance_id is null and resource_id = ${id} and change = 'DELETED'
    order by time desc limit 1`.execute(db);
  return rows[0] ?? null;
}

/** In words, for messages: "by admin on 2026-11-23 12:00:00 UTC, with user batch 1f0c…". */
export function inWords(deletion: Deletion): string {
  const time = `${deletion.time.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
  const how = deletion.userBatchId ? `with the user batch ${deletion.userBatchId}` : `with ${deletion.operation}`;
  return `deleted by ${deletion.actorName} on ${time}, ${how}`;
}

/** Whether an instance of that alias was deleted, whenever. */
export async function wasInstanceDeleted(db: Db | Tx, alias: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from audit_entry
    where change = 'DELETED' and resource_type = 'instance' and lower(resource_name) = lower(${alias}) limit 1`.execute(
    db,
  );
  return rows.length > 0;
}

/**
 * Only where a setting asks for it: the audit is kept for good otherwise. What says of users that and how they were
 * deleted stays as long as their contacts do, who are shown by it: null for good. @returns whether there may be more
 */
export async function pruneAudit(db: Db, before: Date, deletionsBefore: Date | null, limit: number): Promise<boolean> {
  // One after the other, for each has an index of its own.
  if (await removeAudited(db, beforeThat(before, false), limit)) return true;
  return deletionsBefore !== null && (await removeAudited(db, beforeThat(deletionsBefore, true), limit));
}

async function removeAudited(db: Db, condition: RawBuilder<SqlBool>, limit: number): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    delete from audit_entry where id in (
      select id from audit_entry where ${condition} order by time limit ${limit} for update skip locked)`.execute(db);
  return numAffectedRows === BigInt(limit);
}

/** Older entries that are deletions of users, or are not. Exported for the test of its plan. */
export function beforeThat(before: Date, deletions: boolean): RawBuilder<SqlBool> {
  const which = sql`(change = 'DELETED' and resource_type = 'agent')`;
  return sql<SqlBool>`time < ${before} and ${deletions ? which : sql`not ${which}`}`;
}
