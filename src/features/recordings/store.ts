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
}

const columns = sql`name, object_id as "objectId", content_type as "contentType", size, sha256,
  stored_time as "storedTime", deletion_time as "deletionTime", deletion_reason as "deletionReason"`;

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
