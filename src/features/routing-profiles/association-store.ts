import { sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { shownName } from '../../access/shown-names.ts';
import { countRows } from '../../database/count.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { QueueChannel, RoutedQueue } from './types.ts';

/*
 * Which queues a routing profile has, on which channels: those that contacts are routed from, and those from which agents
 * pick by hand. Whoever changes them has locked the routing profile before, so that two at once are counted one by one.
 */

const idsOf = (pairs: readonly QueueChannel[]) => pairs.map((pair) => pair.queueId);
const channelsOf = (pairs: readonly QueueChannel[]) => pairs.map((pair) => pair.channel);

/** A pair that is there already gets the new priority and delay. Answers those that are new or changed. */
export async function associateQueues(tx: Tx, routingProfileId: string, queues: readonly RoutedQueue[]) {
  if (queues.length === 0) return [];
  const { rows } = await sql<RoutedQueue>`
    insert into routing_profile_queue as q (routing_profile_id, queue_id, channel, priority, delay)
    select ${routingProfileId}::uuid, * from unnest(${idsOf(queues)}::uuid[], ${channelsOf(queues)}::text[],
      ${queues.map((one) => one.priority)}::int[], ${queues.map((one) => one.delay)}::int[])
    on conflict (routing_profile_id, queue_id, channel)
    do update set priority = excluded.priority, delay = excluded.delay
      where (q.priority, q.delay) <> (excluded.priority, excluded.delay)
    returning queue_id as "queueId", channel, priority, delay`.execute(tx);
  return rows;
}

/** Answers those that are new. */
export async function associateManualAssignmentQueues(
  tx: Tx,
  routingProfileId: string,
  queues: readonly QueueChannel[],
): Promise<QueueChannel[]> {
  if (queues.length === 0) return [];
  const { rows } = await sql<QueueChannel>`
    insert into routing_profile_manual_assignment_queue (routing_profile_id, queue_id, channel)
    select ${routingProfileId}::uuid, * from unnest(${idsOf(queues)}::uuid[], ${channelsOf(queues)}::text[])
    on conflict do nothing
    returning queue_id as "queueId", channel`.execute(tx);
  return rows;
}

export type AssociationTable = 'routing_profile_queue' | 'routing_profile_manual_assignment_queue';

/** Answers those that were associated. */
export async function disassociateQueues(
  tx: Tx,
  table: AssociationTable,
  routingProfileId: string,
  queues: readonly QueueChannel[],
): Promise<QueueChannel[]> {
  if (queues.length === 0) return [];
  const { rows } = await sql<QueueChannel>`
    delete from ${sql.table(table)} where routing_profile_id = ${routingProfileId} and (queue_id, channel) in (
      select * from unnest(${idsOf(queues)}::uuid[], ${channelsOf(queues)}::text[]))
    returning queue_id as "queueId", channel`.execute(tx);
  return rows;
}

export function countAssociations(tx: Tx, table: AssociationTable, routingProfileId: string): Promise<number> {
  return countRows(tx, sql`from ${sql.table(table)} where routing_profile_id = ${routingProfileId}`);
}

/** Every pair that contacts are routed from. */
export function allQueuesOf(tx: Tx, routingProfileId: string) {
  return tx
    .selectFrom('routing_profile_queue')
    .select(['queue_id as queueId', 'channel', 'priority', 'delay'])
    .where('routing_profile_id', '=', routingProfileId)
    .execute();
}

/** Every pair from which agents pick by hand. */
export function allManualAssignmentQueuesOf(tx: Tx, routingProfileId: string) {
  return tx
    .selectFrom('routing_profile_manual_assignment_queue')
    .select(['queue_id as queueId', 'channel'])
    .where('routing_profile_id', '=', routingProfileId)
    .execute();
}

/** By queue, then by channel; the key of a page is (queue id, channel). Without names that the caller may not be told. */
export function listManualAssignmentQueues(
  db: Db | Tx,
  routingProfileId: string,
  access: Access,
  after: { readonly queueId: string; readonly channel: string } | null,
  limit: number,
) {
  return db
    .selectFrom('routing_profile_manual_assignment_queue as mq')
    .innerJoin('queue as q', 'q.id', 'mq.queue_id')
    .select(['mq.queue_id as queueId', shownName(access, 'queue', 'q').as('name'), 'mq.channel'])
    .where('mq.routing_profile_id', '=', routingProfileId)
    .where(
      after ? sql<boolean>`(mq.queue_id, mq.channel) > (${after.queueId}::uuid, ${after.channel})` : sql<boolean>`true`,
    )
    .orderBy('mq.queue_id')
    .orderBy('mq.channel')
    .limit(limit)
    .execute();
}

/** The queues of each routing profile, once each, for a page of a search. */
export async function queueIdsOf(
  db: Db | Tx,
  table: AssociationTable,
  routingProfileIds: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ id: string; queueId: string }>`
    select distinct routing_profile_id as id, queue_id as "queueId" from ${sql.table(table)}
    where routing_profile_id = any(${routingProfileIds}::uuid[]) order by id, "queueId"`.execute(db);
  const found = new Map<string, string[]>();
  for (const { id, queueId } of rows) found.set(id, [...(found.get(id) ?? []), queueId]);
  return found;
}

/** Queues of a routing profile by priority; the key of a page is (priority, queue id, channel). Without names not told. */
export function listQueuesOfRoutingProfile(
  db: Db | Tx,
  routingProfileId: string,
  access: Access,
  after: { priority: number; queueId: string; channel: string } | null,
  limit: number,
) {
  return db
    .selectFrom('routing_profile_queue as pq')
    .innerJoin('queue as q', 'q.id', 'pq.queue_id')
    .select([
      'pq.queue_id as queueId',
      shownName(access, 'queue', 'q').as('name'),
      'pq.channel',
      'pq.priority',
      'pq.delay',
    ])
    .where('pq.routing_profile_id', '=', routingProfileId)
    .where(
      after
        ? sql<boolean>`(pq.priority, pq.queue_id, pq.channel) > (${after.priority}::int, ${after.queueId}::uuid, ${after.channel})`
        : sql<boolean>`true`,
    )
    .orderBy('pq.priority')
    .orderBy('pq.queue_id')
    .orderBy('pq.channel')
    .limit(limit)
    .execute();
}
