import { sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';
import { type PresentType, resources } from '../resources/resources.ts';
import { notFound } from './errors.ts';
import type { Instance } from './instance.ts';

/** @throws ResourceNotFoundException naming the first that the instance lacks */
export async function requirePresent(
  db: Db | Tx,
  instance: Pick<Instance, 'id'>,
  type: PresentType,
  ids: readonly string[],
): Promise<void> {
  await present(db, instance, type, ids, sql``);
}

/**
 * The same, and what is there stays until the transaction ends, so that no foreign key has to refuse. Locks are taken in
 * the order of ids.
 */
export async function keepPresent(
  tx: Tx,
  instance: Pick<Instance, 'id'>,
  type: PresentType,
  ids: readonly string[],
): Promise<void> {
  await present(tx, instance, type, ids, sql`order by id for key share`);
}

async function present(
  db: Db | Tx,
  instance: Pick<Instance, 'id'>,
  type: PresentType,
  ids: readonly string[],
  locked: ReturnType<typeof sql>,
): Promise<void> {
  if (ids.length === 0) return;
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(resources[type].table)}
    where instance_id = ${instance.id} and id = any(${ids}::uuid[]) ${locked}`.execute(db);
  const there = new Set(rows.map((row) => row.id));
  const missing = ids.find((id) => !there.has(id));
  if (missing !== undefined) throw notFound(type, missing);
}
