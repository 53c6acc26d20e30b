import { sql } from 'kysely';
import type { Tx } from '../../database/db.ts';
import { notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';

/*
 * What a user refers to. Each function answers ids, and keeps what they name from being deleted until the transaction
 * ends, so that the foreign keys never have to refuse.
 * They throw ResourceNotFoundException naming what the instance lacks.
 */

export async function lockRoutingProfile(tx: Tx, instance: Instance, id: string): Promise<string> {
  await requirePresent(tx, instance, 'routing_profile', 'routing profile', [id]);
  return id;
}

/** Each once, in the order given. */
export async function lockSecurityProfiles(tx: Tx, instance: Instance, given: readonly string[]): Promise<string[]> {
  const ids = [...new Set(given)];
  await requirePresent(tx, instance, 'security_profile', 'security profile', ids);
  return ids;
}

/** Null for none. */
export async function lockHierarchyGroup(tx: Tx, instance: Instance, id: string | undefined) {
  if (id === undefined) return null;
  await requirePresent(tx, instance, 'hierarchy_group', 'hierarchy group', [id]);
  return id;
}

async function requirePresent(
  tx: Tx,
  instance: Instance,
  table: 'routing_profile' | 'security_profile' | 'hierarchy_group',
  kind: string,
  ids: readonly string[],
): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(table)} where instance_id = ${instance.id} and id = any(${ids}::uuid[])
    order by id for key share`.execute(tx);
  const present = new Set(rows.map((row) => row.id));
  const missing = ids.find((id) => !present.has(id));
  if (missing !== undefined) throw notFound(kind, missing);
}
