import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { countRows } from '../../../database/count.ts';
import type { Db, Tx } from '../../../database/db.ts';
import type { Connect } from '../../../operations/connect-types.ts';

/** The status that somebody was put into. */
export interface UserStatus {
  readonly agentStatusId: string;
  readonly name: string;
}

/**
 * Keeps a user from being deleted, and others from setting their status, until the transaction ends. Null when the
 * instance has no such user; `status` is null for somebody who was never put into one.
 */
export async function lockStatusOf(
  tx: Tx,
  instanceId: string,
  userId: string,
): Promise<{ username: string; status: UserStatus | null } | null> {
  const { rows: locked } = await sql<{ username: string }>`
    select username from users where instance_id = ${instanceId} and id = ${userId} for no key update`.execute(tx);
  if (!locked[0]) return null;
  const { rows } = await sql<UserStatus>`
    select s.agent_status_id as "agentStatusId", a.name
    from user_status s join agent_status a on a.id = s.agent_status_id where s.user_id = ${userId}`.execute(tx);
  return { username: locked[0].username, status: rows[0] ?? null };
}

export async function setStatus(tx: Tx, userId: string, agentStatusId: string, startTime: Date): Promise<void> {
  await tx
    .insertInto('user_status')
    .values({ user_id: userId, agent_status_id: agentStatusId, start_time: startTime })
    .onConflict((conflict) =>
      conflict.column('user_id').doUpdateSet({ agent_status_id: agentStatusId, start_time: startTime }),
    )
    .execute();
}

/** A user who is in a status, with what tells how many contacts they could have. */
export interface UserInStatus {
  readonly id: string;
  readonly routingProfileId: string;
  readonly mediaConcurrencies: readonly Connect.MediaConcurrency[];
  readonly hierarchyGroupId: string | null;
  readonly agentStatusId: string;
  readonly statusName: string;
  readonly statusType: 'ROUTABLE' | 'CUSTOM' | 'OFFLINE';
  readonly statusStartTime: Date;
}

const inStatus = sql`
  from user_status s join users u on u.id = s.user_id
    join agent_status a on a.id = s.agent_status_id
    join routing_profile r on r.id = u.routing_profile_id`;

/** Of a condition on `users as u`, in the order of ids, behind `after`. */
export async function listUsersInStatus(
  db: Db,
  condition: RawBuilder<SqlBool>,
  after: string | null,
  limit: number,
): Promise<UserInStatus[]> {
  const { rows } = await sql<UserInStatus>`
    select u.id, u.routing_profile_id as "routingProfileId",
      r.media_concurrencies as "mediaConcurrencies", u.hierarchy_group_id as "hierarchyGroupId",
      a.id as "agentStatusId", a.name as "statusName", a.type as "statusType", s.start_time as "statusStartTime"
    ${inStatus}
    where ${condition} and ${after === null ? sql`true` : sql`u.id > ${after}::uuid`}
    order by u.id limit ${limit}`.execute(db);
  return rows;
}

export function countUsersInStatus(db: Db, condition: RawBuilder<SqlBool>): Promise<number> {
  return countRows(db, sql`${inStatus} where ${condition}`);
}
