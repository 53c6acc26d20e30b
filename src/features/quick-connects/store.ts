import { sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';

/** A USER quick connect with the queues that offer it to agents. */
export interface QuickConnectOfUser {
  readonly id: string;
  readonly name: string;
  readonly userId: string;
  readonly queues: readonly { readonly id: string; readonly name: string }[];
}

/** The quick connects that point at any of these users, by name. */
export async function quickConnectsOfUsers(
  db: Db | Tx,
  instanceId: string,
  userIds: readonly string[],
): Promise<QuickConnectOfUser[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<QuickConnectOfUser>`
    select qc.id, qc.name, qc.user_id as "userId",
      coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name) order by lower(q.name), q.id)
        filter (where q.id is not null), '[]') as queues
    from quick_connect qc
      left join queue_quick_connect qqc on qqc.quick_connect_id = qc.id
      left join queue q on q.id = qqc.queue_id
    where qc.instance_id = ${instanceId} and qc.type = 'USER' and qc.user_id = any(${userIds}::uuid[])
    group by qc.id
    order by lower(qc.name), qc.id`.execute(db);
  return rows;
}

/**
 * Deletes the quick connects that point at any of these users, and with them their associations with queues. Answers
 * what went.
 *
 * Call it when the users' rows are locked or deleted in the same transaction: whoever creates a USER quick connect
 * takes a share lock on the user, so that from then on nothing new can point at them. The rows are locked in the order
 * of their ids, so that two transactions that delete overlapping sets do not wait for each other in a ring.
 */
export async function deleteQuickConnectsOfUsers(
  tx: Tx,
  instanceId: string,
  userIds: readonly string[],
): Promise<{ id: string; name: string; userId: string }[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<{ id: string; name: string; userId: string }>`
    select id, name, user_id as "userId" from quick_connect
    where instance_id = ${instanceId} and type = 'USER' and user_id = any(${userIds}::uuid[])
    order by id for update`.execute(tx);
  if (rows.length === 0) return [];
  await sql`delete from quick_connect where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(tx);
  return rows;
}
