import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PermissionId } from '../../access/permissions.ts';
import { pastWithin } from '../../access/reach-over-past.ts';
import type { Db } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { andAll } from '../../operations/search.ts';
import type { Filter } from './asked.ts';

/** By what is seen what happens now. */
export const seesCurrent: readonly PermissionId[] = ['AccessMetrics', 'AccessMetrics.RealTimeMetrics.Access'];

export type CurrentGrouping = 'QUEUE' | 'CHANNEL' | 'ROUTING_PROFILE';

export interface CurrentFacts {
  readonly keys: readonly (string | null)[];
  readonly values: readonly (number | null)[];
}

type Reader = Pick<InstanceContext<Db>, 'db' | 'instance' | 'access' | 'now'>;

/** No page of answers is reached behind as many. */
const mostGroups = 10_000;

const countOf = (condition: RawBuilder<SqlBool>, what: RawBuilder<unknown>) =>
  sql`count(${what}) filter (where ${condition})`;

/** Of the newest state of agents. */
const agentConditions = {
  AGENTS_ONLINE: sql<SqlBool>`g.status_type <> 'OFFLINE'`,
  AGENTS_STAFFED: sql<SqlBool>`g.status_type = 'ROUTABLE'`,
  AGENTS_NON_PRODUCTIVE: sql<SqlBool>`g.status_type = 'CUSTOM'`,
  AGENTS_AVAILABLE: sql<SqlBool>`g.status_type = 'ROUTABLE' and g.activity is null`,
  AGENTS_ON_CONTACT: sql<SqlBool>`g.on_contact`,
  AGENTS_ON_CALL: sql<SqlBool>`g.on_contact`,
  AGENTS_AFTER_CONTACT_WORK: sql<SqlBool>`g.activity = 'AFTER_CONTACT_WORK'`,
  AGENTS_ERROR: sql<SqlBool>`g.in_error`,
} as const;
export type AgentMetric = keyof typeof agentConditions;
export const isAgentMetric = (name: string): name is AgentMetric => Object.hasOwn(agentConditions, name);

/**
 * Agents by the queues of their routing profile of today, each agent once in a group. What happens now is of users alone: who
 * has been deleted while online would be so for good.
 */
export async function currentAgents(
  { db, instance, access }: Reader,
  groupings: readonly CurrentGrouping[],
  filters: readonly Filter[],
  metrics: readonly AgentMetric[],
): Promise<readonly CurrentFacts[]> {
  const byQueues = [...groupings, ...filters.map(({ key }) => key)].some((key) => key === 'QUEUE' || key === 'CHANNEL');
  const columns = { QUEUE: sql`q.queue_id`, CHANNEL: sql`q.channel`, ROUTING_PROFILE: sql`s.routing_profile_id` };
  const keys = groupings.map((key) => sql`${columns[key]}::text`);
  const within = { agentId: sql`g.agent_id`, snapshotId: sql`g.agent_snapshot_id` };
  const { rows } = await sql<CurrentFacts>`
    select array[${keys.length > 0 ? sql.join(keys) : sql``}]::text[] as keys,
      array[${sql.join(metrics.map((name) => countOf(agentConditions[name], sql`distinct g.agent_id`)))}]::float8[] as values
    from agent_segment g
    join agent_snapshot s on s.id = g.agent_snapshot_id
    ${
      // What is imported may speak of profiles of other instances.
      byQueues
        ? sql`join routing_profile p on p.instance_id = g.instance_id and p.id = s.routing_profile_id
            join routing_profile_queue q on q.routing_profile_id = p.id`
        : sql``
    }
    where g.instance_id = ${instance.id} and g.end_time is null
      and exists (select 1 from users u where u.instance_id = g.instance_id and u.id = g.agent_id)
      and ${pastWithin({ instance, access }, seesCurrent, within)}
      and ${andAll(filters.map((filter) => filterOf(filter, columns)))}
    ${groupedBy(keys)} limit ${mostGroups}`.execute(db);
  return rows;
}

export type ContactMetric = 'CONTACTS_IN_QUEUE' | 'OLDEST_CONTACT_AGE' | 'CONTACTS_SCHEDULED';

const inQueue = sql<SqlBool>`c.enqueue_time is not null and c.dequeue_time is null`;

/** Contacts that have not ended and have no agent yet. Ages in milliseconds. */
export async function currentContacts(
  { db, instance, access, now }: Reader,
  groupings: readonly CurrentGrouping[],
  filters: readonly Filter[],
  metrics: readonly ContactMetric[],
): Promise<readonly CurrentFacts[]> {
  const columns = { QUEUE: sql`c.queue_id`, CHANNEL: sql`c.channel`, ROUTING_PROFILE: sql`null::uuid` };
  const values = {
    CONTACTS_IN_QUEUE: countOf(inQueue, sql`*`),
    OLDEST_CONTACT_AGE: sql`extract(epoch from (${now}::timestamptz - min(c.enqueue_time) filter (where ${inQueue}))) * 1000`,
    CONTACTS_SCHEDULED: countOf(sql`c.scheduled_time > ${now} and c.enqueue_time is null`, sql`*`),
  };
  const keys = groupings.map((key) => sql`${columns[key]}::text`);
  const within = { agentId: sql`c.agent_id`, snapshotId: sql`c.agent_snapshot_id` };
  const { rows } = await sql<CurrentFacts>`
    select array[${keys.length > 0 ? sql.join(keys) : sql``}]::text[] as keys,
      array[${sql.join(metrics.map((name) => values[name]))}]::float8[] as values
    from contact c
    where c.instance_id = ${instance.id} and c.disconnect_time is null and c.connected_to_agent_time is null
      and c.initiation_time > ${new Date(now.getTime() - longest)}
      and ${pastWithin({ instance, access }, seesCurrent, within)}
      and ${andAll(filters.map((filter) => filterOf(filter, columns)))}
    ${groupedBy(keys)} limit ${mostGroups}`.execute(db);
  return rows;
}

/** A contact lies in queues for 7 days at most, and a task is scheduled 6 days ahead at most. */
const longest = 14 * 86_400_000;

const groupedBy = (keys: readonly RawBuilder<unknown>[]) =>
  keys.length > 0 ? sql`group by ${sql.join(keys)} order by ${sql.join(keys)}` : sql``;

function filterOf(
  { key, values }: Filter,
  columns: Readonly<Record<CurrentGrouping, RawBuilder<unknown>>>,
): RawBuilder<SqlBool> {
  const column = columns[key as CurrentGrouping];
  return sql<SqlBool>`${column} = any(${values}::${sql.raw(key === 'CHANNEL' ? 'text' : 'uuid')}[])`;
}
