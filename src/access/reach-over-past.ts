import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { InstanceContext } from '../operations/define-operation.ts';
import type { Instance } from '../operations/instance.ts';
import { andAll, orAny } from '../operations/search.ts';
import type { Limit } from './access-control.ts';
import type { PermissionId } from './permissions.ts';

/*
 * Who sees what has happened: contacts, what agents did, and the numbers of both. It is within reach by its agent. Whoever is
 * limited by hierarchy sees what was in their branch at that time, whoever is limited by tags what is of agents who have the
 * tags now, or had them when they were deleted. So a deletion takes nobody's history away. What has no agent is seen by those
 * who are not limited.
 */

/** Where a row tells whose it is, by columns of the query. */
export interface AgentColumns {
  readonly agentId: RawBuilder<unknown>;
  readonly snapshotId: RawBuilder<unknown>;
}

/** Of which rows somebody sees by virtue of these permissions, one of which is enough, as a condition. */
export function pastWithin(
  { instance, access }: Pick<InstanceContext<unknown>, 'instance' | 'access'>,
  permissions: readonly PermissionId[],
  columns: AgentColumns,
): RawBuilder<SqlBool> {
  const limits = access.limits('agent', permissions);
  return limits ? orAny(limits.map((limit) => limitCondition(instance, limit, columns))) : andAll([]);
}

function limitCondition(instance: Instance, { tags, hierarchyGroupId }: Limit, columns: AgentColumns) {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (Object.keys(tags).length > 0) conditions.push(ofTagged(instance, JSON.stringify(tags), columns));
  if (hierarchyGroupId !== undefined) {
    conditions.push(
      hierarchyGroupId === null ? sql<SqlBool>`false` : inBranch(instance, sql`${hierarchyGroupId}::uuid`, columns),
    );
  }
  return conditions.length > 0 ? andAll(conditions) : sql<SqlBool>`${columns.agentId} is not null`;
}

/** What was in a branch of the hierarchy, by its group. */
export const inBranch = ({ id }: Instance, group: RawBuilder<unknown>, { snapshotId }: AgentColumns) =>
  sql<SqlBool>`${snapshotId} in (
  select s.id from agent_snapshot s
  where s.instance_id = ${id} and s.hierarchy_group_ids @> array[${group}])`;

const ofTagged = ({ id }: Instance, tags: string, { agentId }: AgentColumns) => sql<SqlBool>`${agentId} in (
  select u.id from users u where u.instance_id = ${id} and u.tags @> ${tags}::jsonb
  union all
  select e.resource_id::uuid from audit_entry e
  where e.instance_id = ${id} and e.change = 'DELETED' and e.resource_type = 'agent'
    and e.details -> 'Tags' @> ${tags}::jsonb)`;
