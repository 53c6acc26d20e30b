import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { outside } from '../../access/enforcement.ts';
import type { PermissionId } from '../../access/permissions.ts';
import { type AgentColumns, inBranch, pastWithin } from '../../access/reach-over-past.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { andAll, orAny } from '../../operations/search.ts';
import type { RestrictableType } from '../../resources/resources.ts';

/* Who sees which contacts: by their agents, or those that one has handled oneself. */

const columns: AgentColumns = { agentId: sql`c.agent_id`, snapshotId: sql`c.agent_snapshot_id` };

/** All contacts, or those that one has handled oneself. */
export const seesContacts: readonly PermissionId[] = ['ContactSearch.View', 'MyContacts.View'];

type Reader = Pick<InstanceContext<Db | Tx>, 'instance' | 'access' | 'caller'>;

/**
 * The contacts that a caller sees, as a condition on `contact c`.
 * @param doing what is to be done with them besides, which has limits of its own
 */
export function contactsWithin(context: Reader, doing?: PermissionId | readonly PermissionId[]): RawBuilder<SqlBool> {
  const { instance, access, caller } = context;
  if (caller.kind === 'ACCESS_KEY') return andAll([]);
  const seen: RawBuilder<SqlBool>[] = [];
  if (access.holds(['ContactSearch.View'])) {
    // A restriction that any profile has counts, beside the limits of those that grant the search.
    const restricted = access.holds(['RestrictContactAccessByHierarchy.View']);
    const ownGroup = sql`(select u.hierarchy_group_id from users u where u.id = ${caller.userId})`;
    const ownBranch = sql<SqlBool>`coalesce(${inBranch(instance, ownGroup, columns)}, false)`;
    seen.push(andAll([pastWithin(context, ['ContactSearch.View'], columns), ...(restricted ? [ownBranch] : [])]));
  }
  if (access.holds(['MyContacts.View'])) seen.push(sql<SqlBool>`c.agent_id = ${caller.userId}`);
  return andAll([orAny(seen), ...(doing ? [pastWithin(context, [doing].flat(), columns)] : [])]);
}

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
