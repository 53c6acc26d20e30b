import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import type { NewContactFlow } from './types.ts';

/** In the order of names; all types when none is given. One more than the page, to see whether another follows. */
export function listContactFlows(db: Db | Tx, instanceId: string, types: readonly string[], page: NamePage) {
  return db
    .selectFrom('contact_flow')
    .select(['id', 'name', 'type', 'state', 'status'])
    .where('instance_id', '=', instanceId)
    .$if(types.length > 0, (query) => query.where('type', 'in', types))
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

export function findContactFlow(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('contact_flow')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/**
 * What a quick connect must know of the flow that it is to use; null for an unknown one. Share-locked, so that it cannot
 * be deleted before the quick connect is there.
 */
export async function lockContactFlow(tx: Tx, instanceId: string, id: string) {
  const row = await tx
    .selectFrom('contact_flow')
    .select(['id', 'name', 'type'])
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return row ?? null;
}

export async function insertContactFlows(tx: Tx, flows: readonly NewContactFlow[]): Promise<void> {
  if (flows.length === 0) return;
  await tx
    .insertInto('contact_flow')
    .values(
      flows.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        name: made.name,
        type: made.type,
        description: made.description,
        content: made.content,
        status: made.status ?? 'PUBLISHED',
        is_default: made.isDefault ?? false,
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}

/** In the order of names; one more than the page. The condition is on contact_flow. */
export function searchContactFlows(db: Db | Tx, instanceId: string, condition: RawBuilder<SqlBool>, page: NamePage) {
  return db
    .selectFrom('contact_flow')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where(condition)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

/**
 * The flow for changing it, so that two changes take turns; with `whole` for deleting it: then also whoever makes
 * something that uses it waits, and finds it gone.
 */
export function lockFlow(tx: Tx, instanceId: string, id: string, { whole = false } = {}) {
  const locked = tx.selectFrom('contact_flow').selectAll().where('instance_id', '=', instanceId).where('id', '=', id);
  return (whole ? locked.forUpdate() : locked.forNoKeyUpdate()).executeTakeFirst();
}

export interface FlowChanges {
  readonly name?: string | undefined;
  /** Null: none. */
  readonly description?: string | null | undefined;
  readonly state?: 'ACTIVE' | 'ARCHIVED' | undefined;
  readonly status?: 'PUBLISHED' | 'SAVED' | undefined;
  readonly content?: string | undefined;
  /** Null: nothing is saved beside what is published. */
  readonly saved_content?: string | null | undefined;
}

/** @throws DuplicateResourceException for a name in use */
export async function updateContactFlow(
  tx: Tx,
  id: string,
  changes: FlowChanges,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    { constraint: 'contact_flow_name_key', kind: 'flow', name: changes.name ?? '' },
    tx
      .updateTable('contact_flow')
      .set({ ...changes, last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

export async function deleteContactFlow(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('contact_flow').where('id', '=', id).execute();
}

/**
 * What runs a flow: quick connects, and queues for their outbound calls. This goes over the fences of two features, as
 * an index over all uses would; whoever asks has locked the flow in whole, so that no other comes to it meanwhile.
 */
export async function usesOfFlow(tx: Tx, instanceId: string, flowId: string, limit: number) {
  const { rows } = await sql<{ type: 'transfer-destination' | 'queue'; id: string }>`
    select 'transfer-destination' as type, id from quick_connect where contact_flow_id = ${flowId}
    union all
    select 'queue', id from queue
    where instance_id = ${instanceId} and outbound_caller_config ->> 'OutboundFlowId' = ${flowId}
    limit ${limit}`.execute(tx);
  return rows;
}
