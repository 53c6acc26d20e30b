import { sql } from 'kysely';
import type { PermissionId } from '../../access/permissions.ts';
import { pastWithin } from '../../access/reach-over-past.ts';
import { mayBeNamed } from '../../access/shown-names.ts';
import type { Db } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { seesReports } from './report.ts';

/** Whatever of the history somebody sees, they may choose its agents. */
export const listsAgents: readonly PermissionId[] = [
  ...seesReports,
  'AccessMetrics.AgentActivityAudit.Access',
  'AgentTimeCard.View',
  'ContactSearch.View',
];

export interface ReportAgent {
  readonly id: string;
  readonly username: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
}

interface After {
  readonly username: string;
  readonly id: string;
}

/** The users of today whom the caller may be told of, by their logins. */
export async function livingAgents(
  { db, instance, access }: InstanceContext<Db>,
  after: After | null,
  limit: number,
): Promise<readonly ReportAgent[]> {
  const { rows } = await sql<ReportAgent>`
    select u.id, u.username, u.first_name as "firstName", u.last_name as "lastName" from users u
    where u.instance_id = ${instance.id} and ${access.within('agent', 'u', listsAgents)}
      and ${mayBeNamed(access, 'agent', 'u')}
      and ${after ? sql`(lower(u.username), u.id) > (lower(${after.username}), ${after.id}::uuid)` : sql`true`}
    order by lower(u.username), u.id limit ${limit}`.execute(db);
  return rows;
}

/**
 * Of whom the history speaks and who are no users any more, with the names that they had in the newest contact that the caller
 * sees.
 */
export async function goneAgents(
  { db, instance, access }: InstanceContext<Db>,
  after: After | null,
  limit: number,
): Promise<readonly ReportAgent[]> {
  const within = pastWithin({ instance, access }, listsAgents, { agentId: sql`s.user_id`, snapshotId: sql`s.id` });
  const columns = { agentId: sql`c.agent_id`, snapshotId: sql`c.agent_snapshot_id` };
  const ofContact = pastWithin({ instance, access }, listsAgents, columns);
  const { rows } = await sql<ReportAgent>`
    select * from (
      select g.user_id as id, s.username, s.first_name as "firstName", s.last_name as "lastName"
      from (
        select s.user_id, max(s.id::text)::uuid as any_id from agent_snapshot s
        where s.instance_id = ${instance.id} and ${within}
          and not exists (select 1 from users u where u.instance_id = s.instance_id and u.id = s.user_id)
        group by s.user_id
      ) g
      join agent_snapshot s on s.id = coalesce((
        select c.agent_snapshot_id from contact c
        where c.instance_id = ${instance.id} and c.agent_id = g.user_id and ${ofContact}
        order by c.initiation_time desc limit 1), g.any_id)
    ) gone
    where ${after ? sql`(lower(username), id) > (lower(${after.username}), ${after.id}::uuid)` : sql`true`}
    order by lower(username), id limit ${limit}`.execute(db);
  return rows;
}
