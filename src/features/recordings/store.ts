import { sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';

/** A recording whose bytes are here, or have been. */
export interface Recording {
  readonly name: string;
  /** Null: deleted. */
  readonly objectId: string | null;
  readonly contentType: string;
  readonly size: number;
  readonly sha256: Buffer;
  readonly storedTime: Date;
  readonly deletionTime: Date | null;
  readonly deletionReason: string | null;
  /** By name. */
  readonly deletionActor: string | null;
}

const columns = sql`name, object_id as "objectId", content_type as "contentType", size, sha256,
  stored_time as "storedTime", deletion_time as "deletionTime", deletion_reason as "deletionReason",
  deletion_actor as "deletionActor"`;

/** Those of a contact, by name. */
export async function recordingsOf(
  db: Db | Tx,
  instanceId: string,
  contactId: string,
): Promise<ReadonlyMap<string, Recording>> {
  const { rows } = await sql<Recording>`
    select ${columns} from recording where instance_id = ${instanceId} and contact_id = ${contactId}`.execute(db);
  return new Map(rows.map((row) => [row.name, row]));
}

/** Notes bytes that are about to be written, to be removed at a time unless they have a name by then. */
export async function noteBytes(db: Db | Tx, objectId: string, dueTime: Date): Promise<void> {
  await sql`
    insert into recording_removal (object_id, due_time) values (${objectId}, ${dueTime})
    on conflict (object_id) do update set due_time = excluded.due_time`.execute(db);
}

/**
 * Gives bytes that are noted a name, so that they stay.
 * @returns false when the name is taken
 */
export async function insertRecording(
  tx: Tx,
  instanceId: string,
  contactId: string,
  {
    name,
    objectId,
    contentType,
    size,
    sha256,
  }: Omit<Recording, 'storedTime' | 'deletionTime' | 'deletionReason' | 'deletionActor'>,
  now: Date,
): Promise<boolean> {
  const { numAffectedRows: named = 0n } = await sql`
    insert into recording (instance_id, contact_id, name, object_id, content_type, size, sha256, stored_time)
    values (${instanceId}, ${contactId}, ${name}, ${objectId}, ${contentType}, ${size}, ${sha256}, ${now})
    on conflict (instance_id, contact_id, name) do nothing`.execute(tx);
  if (named === 0n) return false;
  const { numAffectedRows: kept = 0n } = await sql`
    delete from recording_removal where object_id = ${objectId}`.execute(tx);
  if (kept === 0n) throw new Error('The bytes of a recording were removed before it had its name.');
  return true;
}

/** The bytes go, what they were stays. @returns the recording as it was; null when there are no bytes of it */
export async function markDeleted(
  tx: Tx,
  instanceId: string,
  contactId: string,
  name: string,
  { reason, actor, now }: { readonly reason: string; readonly actor: string; readonly now: Date },
): Promise<Recording | null> {
  const { rows } = await sql<Recording>`
    select ${columns} from recording
    where instance_id = ${instanceId} and contact_id = ${contactId} and name = ${name} and object_id is not null
    for update`.execute(tx);
  const [found] = rows;
  if (!found?.objectId) return null;
  await sql`
    update recording set object_id = null, deletion_time = ${now}, deletion_reason = ${reason},
      deletion_actor = ${actor}
    where instance_id = ${instanceId} and contact_id = ${contactId} and name = ${name}`.execute(tx);
  await noteBytes(tx, found.objectId, now);
  return found;
}

/** Of contacts that go, for good. */
export async function forgetRecordings(
  tx: Tx,
  contacts: readonly { readonly instanceId: string; readonly contactId: string }[],
): Promise<void> {
  await sql`
    with gone as (
      delete from recording where (instance_id, contact_id) in (
        select * from unnest(${contacts.map((one) => one.instanceId)}::uuid[],
          ${contacts.map((one) => one.contactId)}::uuid[]))
      returning object_id)
    insert into recording_removal (object_id, due_time)
    select object_id, clock_timestamp() from gone where object_id is not null
    on conflict (object_id) do update set due_time = excluded.due_time`.execute(tx);
}

/** Takes some of the bytes whose time has come, and forgets those that `remove` has removed. @returns whether there may be more */
export async function removeNoted(
  tx: Tx,
  { now, later, limit }: { readonly now: Date; readonly later: Date; readonly limit: number },
  remove: (objectId: string) => Promise<boolean>,
): Promise<boolean> {
  const { rows } = await sql<{ objectId: string }>`
    select object_id as "objectId" from recording_removal where due_time <= ${now}
    order by due_time limit ${limit} for update skip locked`.execute(tx);
  const [removed, kept]: [string[], string[]] = [[], []];
  for (const { objectId } of rows) ((await remove(objectId)) ? removed : kept).push(objectId);
  await sql`delete from recording_removal where object_id = any(${removed}::uuid[])`.execute(tx);
  await sql`update recording_removal set due_time = ${later} where object_id = any(${kept}::uuid[])`.execute(tx);
  return rows.length === limit;
}
