import { sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
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
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}
