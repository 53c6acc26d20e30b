import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { iso } from '../../database/rows.ts';
import type { StatusType } from './agent-event.ts';

/** Of agents, in the order of their ids and of time. */
export interface SegmentKey {
  readonly agentId: string;
  readonly start: Date;
}

export interface SegmentRow extends SegmentKey {
  readonly end: Date | null;
  readonly username: string;
  readonly statusName: string;
  readonly statusType: StatusType;
  readonly activity: string | null;
  readonly channel: string | null;
  readonly initiationMethod: string | null;
}

export interface ActivityRange {
  readonly instanceId: string;
  readonly agentIds: readonly string[];
  readonly start: Date;
  readonly end: Date;
  /** On `agent_segment s`. */
  readonly condition: RawBuilder<SqlBool>;
}

/** The segments of agents that reach into a time, behind a place. */
export async function listSegments(
  db: Db | Tx,
  { instanceId, agentIds, start, end, condition }: ActivityRange,
  after: SegmentKey | null,
  limit: number,
): Promise<SegmentRow[]> {
  const wanted = [...new Set(agentIds)].filter((id) => after === null || id >= after.agentId);
  const { rows } = await sql<SegmentRow>`
    select s.agent_id as "agentId", s.start_time as start, s.end_time as end, a.username, s.status_name as "statusName",
      s.status_type as "statusType", s.activity, s.channel, s.initiation_method as "initiationMethod"
    from unnest(${wanted}::uuid[]) as w (agent_id)
    cross join lateral (
      select coalesce(max(f.start_time), ${iso(start)}::timestamptz) as start_time from agent_segment f
      where f.instance_id = ${instanceId} and f.agent_id = w.agent_id and f.start_time <= ${iso(start)}::timestamptz) f
    join agent_segment s on s.instance_id = ${instanceId} and s.agent_id = w.agent_id and s.start_time >= f.start_time
    join agent_snapshot a on a.id = s.agent_snapshot_id
    where s.start_time < ${iso(end)}::timestamptz and (s.end_time is null or s.end_time > ${iso(start)}::timestamptz)
      and ${condition}
      ${after ? sql`and (s.agent_id, s.start_time) > (${after.agentId}::uuid, ${iso(after.start)}::timestamptz)` : sql``}
    order by s.agent_id, s.start_time limit ${limit}`.execute(db);
  return rows;
}

export interface SessionKey {
  readonly login: Date;
  readonly agentId: string;
  readonly source: string;
}

export interface SessionRow extends SessionKey {
  readonly logout: Date | null;
  readonly username: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly routingProfileId: string | null;
  readonly routingProfileName: string | null;
}

export interface SessionRange {
  readonly instanceId: string;
  readonly start: Date;
  readonly end: Date;
  /** On `agent_session t` and its `agent_snapshot a`. */
  readonly condition: RawBuilder<SqlBool>;
}

/** The sessions with a login or a logout in a time, behind a place. */
export async function listSessions(
  db: Db | Tx,
  { instanceId, start, end, condition }: SessionRange,
  after: SessionKey | null,
  limit: number,
): Promise<SessionRow[]> {
  const within = (column: string) =>
    sql<SqlBool>`${sql.ref(column)} >= ${iso(start)}::timestamptz and ${sql.ref(column)} < ${iso(end)}::timestamptz`;
  const { rows } = await sql<SessionRow>`
    select t.login_time as login, t.agent_id as "agentId", t.source, t.logout_time as logout, a.username,
      a.first_name as "firstName", a.last_name as "lastName", a.routing_profile_id as "routingProfileId",
      a.routing_profile_name as "routingProfileName"
    from agent_session t join agent_snapshot a on a.id = t.agent_snapshot_id
    where t.instance_id = ${instanceId} and (${within('t.login_time')} or ${within('t.logout_time')}) and ${condition}
      ${
        after
          ? sql`and (t.login_time, t.agent_id, t.source) > (${iso(after.login)}::timestamptz, ${after.agentId}::uuid, ${after.source})`
          : sql``
      }
    order by t.login_time, t.agent_id, t.source limit ${limit}`.execute(db);
  return rows;
}
