import { sql } from 'kysely';
import { idIn } from '../../operations/arn.ts';
import type { Tx } from '../../operations/define-operation.ts';
import { notFound } from '../../operations/errors.ts';
import type { Instance } from '../instances/types.ts';

/** What a user refers to, as a caller gives it: ids or ARNs. */
export interface GivenReferences {
  readonly RoutingProfileId?: string | undefined;
  readonly SecurityProfileIds?: readonly string[] | undefined;
  readonly HierarchyGroupId?: string | undefined;
}

export interface References {
  readonly routingProfileId?: string;
  readonly securityProfileIds?: string[];
  readonly hierarchyGroupId?: string;
}

/**
 * The ids, once each, of what is referred to. It is kept from being deleted until the transaction ends, so that the
 * foreign keys never have to refuse.
 * @throws InvalidParameterException for what is no id; ResourceNotFoundException naming what the instance lacks
 */
export async function lockReferences(tx: Tx, instance: Instance, given: GivenReferences): Promise<References> {
  const references: { -readonly [K in keyof References]: References[K] } = {};
  if (given.RoutingProfileId !== undefined) {
    const id = idIn(given.RoutingProfileId, 'routing-profile', instance);
    await requirePresent(tx, instance, 'routing_profile', 'routing profile', [id]);
    references.routingProfileId = id;
  }
  if (given.SecurityProfileIds !== undefined) {
    const ids = [...new Set(given.SecurityProfileIds.map((one) => idIn(one, 'security-profile', instance)))];
    await requirePresent(tx, instance, 'security_profile', 'security profile', ids);
    references.securityProfileIds = ids;
  }
  if (given.HierarchyGroupId !== undefined) {
    const id = idIn(given.HierarchyGroupId, 'agent-group', instance);
    await requirePresent(tx, instance, 'hierarchy_group', 'hierarchy group', [id]);
    references.hierarchyGroupId = id;
  }
  return references;
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
