import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Limit } from '../../access/access-control.ts';
import { outside } from '../../access/enforcement.ts';
import type { PermissionId } from '../../access/permissions.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import type { Instance } from '../../operations/instance.ts';
import { andAll, orAny } from '../../operations/search.ts';
import type { RestrictableType } from '../../resources/resources.ts';

/*
 * Who sees which contacts. A contact is within reach by its agent: whoever is limited by hierarchy sees what was in their
 * branch at that time, whoever is limited by tags what is of agents who have the tags now, or had them when they were
 * deleted. So a deletion takes nobody's history away. A contact without an agent is seen by those who are not limited.
 */

/** All contacts, or those that one has handled oneself. */
export const seesContacts: readonly PermissionId[] = ['ContactSearch.View', 'MyContacts.View'];

type Reader = Pick<InstanceContext<Db | Tx>, 'instance' | 'access' | 'caller'>;

/**
 * The contacts that a caller sees, as a condition on `contact c`.
 * @param doing what is to be done with them besides, which has limits of its own
 */
export function contactsWithin({ instance, access, caller }: Reader, doing?: PermissionId): RawBuilder<SqlBool> {
  if (caller.kind === 'ACCESS_KEY') return andAll([]);
  const seen: RawBuilder<SqlBool>[] = [];
  if (access.holds(['ContactSearch.View'])) {
    // A restriction that any profile has counts, beside the limits of those that grant the search.
    const restricted = access.holds(['RestrictContactAccessByHierarchy.View']);
    const ownBranch = sql<SqlBool>`coalesce(${inBranch(
      instance,
      sql`(
      select u.hierarchy_group_id from users u where u.id = ${caller.userId})`,
    )}, false)`;
    seen.push(
      andAll([limited(instance, access.limits('agent', ['ContactSearch.View'])), ...(restricted ? [ownBranch] : [])]),
    );
  }
  if (access.holds(['MyContacts.View'])) seen.push(sql<SqlBool>`c.agent_id = ${caller.userId}`);
  return andAll([orAny(seen), ...(doing ? [limited(instance, access.limits('agent', [doing]))] : [])]);
}

function limited(instance: Instance, limits: readonly Limit[] | null): RawBuilder<SqlBool> {
  return limits ? orAny(limits.map((limit) => limitCondition(instance, limit))) : andAll([]);
}

function limitCondition(instance: Instance, { tags, hierarchyGroupId }: Limit): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [];
  if (Object.keys(tags).length > 0) conditions.push(ofTagged(instance, JSON.stringify(tags)));
  if (hierarchyGroupId !== undefined) {
    conditions.push(
      hierarchyGroupId === null ? sql<SqlBool>`false` : inBranch(instance, sql`${hierarchyGroupId}::uuid`),
    );
  }
  return conditions.length > 0 ? andAll(conditions) : sql<SqlBool>`c.agent_id is not null`;
}

const inBranch = ({ id }: Instance, group: RawBuilder<unknown>) => sql<SqlBool>`c.agent_snapshot_id in (
  select s.id from agent_snapshot s
  where s.instance_id = ${id} and s.hierarchy_group_ids @> array[${group}])`;

const ofTagged = ({ id }: Instance, tags: string) => sql<SqlBool>`c.agent_id in (
  select u.id from users u where u.instance_id = ${id} and u.tags @> ${tags}::jsonb
  union all
  select e.resource_id::uuid from audit_entry e
  where e.instance_id = ${id} and e.change = 'DELETED' and e.resource_type = 'agent'
    and e.details -> 'Tags' @> ${tags}::jsonb)`;

/**
 * Which of these may be named to somebody who sees the contacts that speak of them: all, unless their security profiles
 * limit what they reach of the kind. Of what is gone nobody knows any more who reached it.
 */
export async function nameable(
  db: Db | Tx,
  { instance, access }: Pick<InstanceContext<Db | Tx>, 'instance' | 'access'>,
  type: Exclude<RestrictableType, 'agent' | 'security-profile'>,
  ids: readonly string[],
): Promise<(id: string) => boolean> {
  if (access.limits(type) === null) return () => true;
  const tables = { queue: 'queue', 'routing-profile': 'routing_profile', 'agent-group': 'hierarchy_group' } as const;
  const distinct = [...new Set(ids)];
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(tables[type])} where instance_id = ${instance.id} and id = any(${distinct}::uuid[])`.execute(
    db,
  );
  const hidden = new Set(await outside(db, instance, access, type, distinct));
  const shown = new Set(rows.map((row) => row.id).filter((id) => !hidden.has(id)));
  return (id) => shown.has(id);
}
