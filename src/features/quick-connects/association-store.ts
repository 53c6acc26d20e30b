import { sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { mayBeNamedAsOffering } from '../../access/shown-names.ts';
import { countRows } from '../../database/count.ts';
import type { Db, Tx } from '../../database/db.ts';
import { type Listed, pageByName, type Summary } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import type { QuickConnectType } from './types.ts';

/** Which queue offers which quick connect to its agents. */
export interface Association {
  readonly queueId: string;
  readonly quickConnectId: string;
}

/** Answers those that were not there before; repeating an association is harmless. */
export async function associate(tx: Tx, associations: readonly Association[]): Promise<Association[]> {
  if (associations.length === 0) return [];
  const { rows } = await sql<Association>`
    insert into queue_quick_connect (queue_id, quick_connect_id)
    select * from unnest(${associations.map((one) => one.queueId)}::uuid[],
      ${associations.map((one) => one.quickConnectId)}::uuid[])
    on conflict do nothing
    returning queue_id as "queueId", quick_connect_id as "quickConnectId"`.execute(tx);
  return rows;
}

/** Answers the ids of those that were associated. */
export async function disassociate(tx: Tx, queueId: string, quickConnectIds: readonly string[]): Promise<string[]> {
  const rows = await tx
    .deleteFrom('queue_quick_connect')
    .where('queue_id', '=', queueId)
    .where(sql<boolean>`quick_connect_id = any(${quickConnectIds}::uuid[])`)
    .returning('quick_connect_id as id')
    .execute();
  return rows.map((row) => row.id);
}

/** What a queue offers. */
export async function quickConnectIdsOf(tx: Tx, queueId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('queue_quick_connect')
    .select('quick_connect_id as id')
    .where('queue_id', '=', queueId)
    .execute();
  return rows.map((row) => row.id);
}

export function countOfQueue(tx: Tx, queueId: string): Promise<number> {
  return countRows(tx, sql`from queue_quick_connect where queue_id = ${queueId}`);
}

/** A quick connect in the list of a queue. */
export interface OfferedQuickConnect extends Summary {
  readonly type: QuickConnectType;
}

/** What a queue offers. */
export function listQuickConnectsOfQueue(
  db: Db,
  queueId: string,
  page: NamePage,
): Promise<Listed<OfferedQuickConnect>> {
  const query = sql`
    select qc.id, qc.name, qc.type, qc.last_modified_time as "lastModifiedTime",
      qc.last_modified_region as "lastModifiedRegion"
    from queue_quick_connect a join quick_connect qc on qc.id = a.quick_connect_id
    where a.queue_id = ${queueId}`;
  const columns = { name: sql.ref<string>('qc.name'), id: sql.ref<string>('qc.id') };
  return pageByName<OfferedQuickConnect, OfferedQuickConnect>(db, page, query, (row) => row, columns);
}

/** The queues that offer each of these quick connects, as far as the caller may be told, by name. */
export async function queuesOf(
  db: Db | Tx,
  access: Access,
  quickConnectIds: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const { rows } = await sql<{ quickConnectId: string; id: string; name: string }>`
    select a.quick_connect_id as "quickConnectId", q.id, q.name
    from queue_quick_connect a join queue q on q.id = a.queue_id
    where a.quick_connect_id = any(${quickConnectIds}::uuid[]) and ${mayBeNamedAsOffering(access, 'q')}
    order by lower(q.name), q.id`.execute(db);
  const queues = new Map<string, { id: string; name: string }[]>();
  for (const { quickConnectId, id, name } of rows) {
    const known = queues.get(quickConnectId) ?? [];
    known.push({ id, name });
    queues.set(quickConnectId, known);
  }
  return queues;
}
