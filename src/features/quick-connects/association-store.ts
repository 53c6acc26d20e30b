import { sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { mayBeNamedAsOffering } from '../../access/shown-names.ts';
import type { Db, Tx } from '../../database/db.ts';
import { notFound } from '../../operations/errors.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';

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

export async function countOfQueue(tx: Tx, queueId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('queue_quick_connect')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('queue_id', '=', queueId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/**
 * Keeps quick connects from being deleted until the transaction ends, in the order of their ids.
 * @throws ResourceNotFoundException naming the first that is not there
 */
export async function requireQuickConnects(tx: Tx, instanceId: string, ids: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from quick_connect where instance_id = ${instanceId} and id = any(${ids}::uuid[])
    order by id for key share`.execute(tx);
  const present = new Set(rows.map((row) => row.id));
  const missing = ids.find((id) => !present.has(id));
  if (missing !== undefined) throw notFound('quick connect', missing);
}

/** What a queue offers, in the order of names; one more than the page, to see whether another follows. */
export function listQuickConnectsOfQueue(db: Db | Tx, queueId: string, page: NamePage) {
  return db
    .selectFrom('queue_quick_connect as a')
    .innerJoin('quick_connect as qc', 'qc.id', 'a.quick_connect_id')
    .select(['qc.id', 'qc.name', 'qc.type', 'qc.last_modified_time', 'qc.last_modified_region'])
    .where('a.queue_id', '=', queueId)
    .where(behind(page, sql.ref('qc.name'), sql.ref('qc.id')))
    .orderBy(sql`lower(qc.name)`)
    .orderBy('qc.id')
    .limit(page.size + 1)
    .execute();
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
