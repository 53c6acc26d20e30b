import { sql } from 'kysely';
import type { Db } from '../../database/db.ts';
import type { InstanceContext } from '../../operations/define-operation.ts';
import { nameable } from '../contacts/reach.ts';
import { agentLevels, type GroupingKey } from './definitions.ts';
import { type Snapshots, snapshotKey } from './report.ts';

interface AgentNames {
  readonly id: string;
  readonly username: string;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly routingProfileName: string | null;
  readonly groupNames: readonly (string | null)[];
}

interface QueueNames {
  readonly id: string;
  readonly type: string;
  readonly name: string | null;
}

export interface Named {
  readonly Name?: string | undefined;
  readonly FirstName?: string | undefined;
  readonly LastName?: string | undefined;
  readonly Type?: string | undefined;
}

/** What rows are of, by the names that it had last in the range, where the caller may be told. */
export async function namesOf(
  context: InstanceContext<Db>,
  groupings: readonly GroupingKey[],
  { of }: Snapshots,
): Promise<(grouping: GroupingKey, key: string) => Named> {
  const { db } = context;
  const agents = await agentNames(
    db,
    [...of.values()].flatMap(({ agent }) => agent ?? []),
  );
  const queues = await queueNames(
    db,
    [...of.values()].flatMap(({ queue }) => queue ?? []),
  );
  const keysOf = (wanted: readonly GroupingKey[]) =>
    [...of.keys()].flatMap((id) => {
      const [grouping = '', key = ''] = id.split(' ');
      return wanted.some((one) => one === grouping) ? [key] : [];
    });
  const asked = (wanted: readonly GroupingKey[]) => groupings.some((grouping) => wanted.includes(grouping));
  const may = async (type: Parameters<typeof nameable>[2], wanted: readonly GroupingKey[]) =>
    asked(wanted) ? nameable(db, context, type, keysOf(wanted)) : () => false;
  const queueMayBeNamed = await may('queue', ['QUEUE']);
  const profileMayBeNamed = await may('routing-profile', ['ROUTING_PROFILE']);
  const groupMayBeNamed = await may('agent-group', agentLevels);
  return (grouping, key) => {
    if (grouping === 'CHANNEL' || grouping === 'PHONE_NUMBER') return { Name: key };
    const snapshots = of.get(snapshotKey(grouping, key));
    if (grouping === 'QUEUE') {
      const queue = snapshots?.queue ? queues.get(snapshots.queue) : undefined;
      return { Type: queue?.type, Name: queueMayBeNamed(key) ? (queue?.name ?? undefined) : undefined };
    }
    const agent = snapshots?.agent ? agents.get(snapshots.agent) : undefined;
    if (!agent) return {};
    if (grouping === 'AGENT') {
      return {
        Name: agent.username,
        FirstName: agent.firstName ?? undefined,
        LastName: agent.lastName ?? undefined,
      };
    }
    if (grouping === 'ROUTING_PROFILE') {
      return { Name: profileMayBeNamed(key) ? (agent.routingProfileName ?? undefined) : undefined };
    }
    const level = (agentLevels as readonly GroupingKey[]).indexOf(grouping);
    return { Name: groupMayBeNamed(key) ? (agent.groupNames[level] ?? undefined) : undefined };
  };
}

async function agentNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, AgentNames>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<AgentNames>`
    select id, username, first_name as "firstName", last_name as "lastName",
      routing_profile_name as "routingProfileName", hierarchy_group_names as "groupNames"
    from agent_snapshot where id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

async function queueNames(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, QueueNames>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<QueueNames>`
    select id, type, name from queue_snapshot where id = any(${[...new Set(ids)]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}

/** Which of these queues are those of agents, whose ARNs have a form of their own. */
export async function agentQueuesAmong(
  db: Db,
  instanceId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select distinct queue_id as id from queue_snapshot
    where instance_id = ${instanceId} and queue_id = any(${[...new Set(ids)]}::uuid[]) and type = 'AGENT'`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
