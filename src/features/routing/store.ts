import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { shownName } from '../../access/shown-names.ts';
import type { Db, Tx } from '../../database/db.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import { associateManualAssignmentQueues, associateQueues } from './association-store.ts';
import type { NewHoursOfOperation, NewQueue, NewRoutingProfile } from './types.ts';

const summaryColumns = ['id', 'name', 'last_modified_time', 'last_modified_region'] as const;

/** In the order of names, by a condition on the bare table; one more than the page, to see whether another follows. */
function listNamed(
  db: Db | Tx,
  table: 'routing_profile' | 'hours_of_operation' | 'queue',
  id: string,
  page: NamePage,
  condition: RawBuilder<SqlBool> = sql`true`,
) {
  return db
    .selectFrom(table)
    .select(summaryColumns)
    .where('instance_id', '=', id)
    .where(condition)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

/** Those that the caller reaches. */
export function listRoutingProfiles(db: Db | Tx, instanceId: string, page: NamePage, access: Access) {
  return listNamed(db, 'routing_profile', instanceId, page, access.within('routing-profile', 'routing_profile'));
}

export function listHoursOfOperation(db: Db | Tx, instanceId: string, page: NamePage) {
  return listNamed(db, 'hours_of_operation', instanceId, page);
}

/** Those that the caller reaches. */
export function listStandardQueues(db: Db | Tx, instanceId: string, page: NamePage, access: Access) {
  return listNamed(db, 'queue', instanceId, page, access.within('queue', 'queue'));
}

/** The AGENT queue of each user whom the caller reaches, in the order of ids: it has no name, and tells no login. */
export function listAgentQueues(
  db: Db | Tx,
  instanceId: string,
  page: { readonly after: string | null; readonly limit: number },
  access: Access,
) {
  return db
    .selectFrom('users')
    .select(['id', 'last_modified_time', 'last_modified_region'])
    .where('instance_id', '=', instanceId)
    .where(access.within('agent', 'users'))
    .where(page.after === null ? sql<boolean>`true` : sql<boolean>`id > ${page.after}::uuid`)
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

/** With the numbers that DescribeRoutingProfile answers: queues (each once, on however many channels) and users. */
export function findRoutingProfile(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('routing_profile as p')
    .selectAll('p')
    .select((eb) => [
      eb
        .selectFrom('routing_profile_queue as pq')
        .whereRef('pq.routing_profile_id', '=', 'p.id')
        .select((count) => count.fn.count<string>('pq.queue_id').distinct().as('n'))
        .as('queue_count'),
      eb
        .selectFrom('routing_profile_manual_assignment_queue as mq')
        .whereRef('mq.routing_profile_id', '=', 'p.id')
        .select((count) => count.fn.count<string>('mq.queue_id').distinct().as('n'))
        .as('manual_assignment_queue_count'),
      eb
        .selectFrom('users as u')
        .whereRef('u.routing_profile_id', '=', 'p.id')
        .select((count) => count.fn.countAll<string>().as('n'))
        .as('user_count'),
    ])
    .where('p.instance_id', '=', instanceId)
    .where('p.id', '=', id)
    .executeTakeFirst();
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
    .select(['pq.queue_id', shownName(access, 'queue', 'q').as('name'), 'pq.channel', 'pq.priority', 'pq.delay'])
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

export function findQueue(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('queue')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** A user's AGENT queue, which is there as long as the user is. */
export function findAgentQueue(db: Db | Tx, instanceId: string, userId: string) {
  return db
    .selectFrom('users')
    .select(['id', 'last_modified_time', 'last_modified_region'])
    .where('instance_id', '=', instanceId)
    .where('id', '=', userId)
    .executeTakeFirst();
}

/** Null for an unknown queue. The lock keeps it from being deleted, and its associations from being counted twice over. */
export async function lockQueue(tx: Tx, instanceId: string, id: string): Promise<{ id: string; name: string } | null> {
  const row = await tx
    .selectFrom('queue')
    .select(['id', 'name'])
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ?? null;
}

/** Says that a queue's own settings, or what belongs to it, changed. */
export async function touchQueue(tx: Tx, id: string, now: Date, region: string): Promise<void> {
  await tx
    .updateTable('queue')
    .set({ last_modified_time: now, last_modified_region: region })
    .where('id', '=', id)
    .execute();
}

export function findHoursOfOperation(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('hours_of_operation')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
}

/** The columns that every new resource has. */
const resource = (made: NewQueue | NewHoursOfOperation | NewRoutingProfile) => ({
  id: made.id,
  instance_id: made.instanceId,
  name: made.name,
  tags: JSON.stringify(made.tags ?? {}),
  last_modified_time: made.now,
  last_modified_region: made.region,
});

export async function insertHoursOfOperation(tx: Tx, hours: readonly NewHoursOfOperation[]): Promise<void> {
  const rows = hours.map((made) => ({
    ...resource(made),
    description: made.description,
    time_zone: made.timeZone,
    config: JSON.stringify(made.config),
  }));
  if (rows.length > 0) await tx.insertInto('hours_of_operation').values(rows).execute();
}

export async function insertQueues(tx: Tx, queues: readonly NewQueue[]): Promise<void> {
  const rows = queues.map((made) => ({
    ...resource(made),
    description: made.description,
    hours_of_operation_id: made.hoursOfOperationId,
    max_contacts: made.maxContacts ?? null,
    outbound_caller_config: made.outboundCallerConfig ? JSON.stringify(made.outboundCallerConfig) : null,
    outbound_email_config: made.outboundEmailConfig ? JSON.stringify(made.outboundEmailConfig) : null,
  }));
  if (rows.length > 0) await tx.insertInto('queue').values(rows).execute();
}

export async function insertRoutingProfiles(tx: Tx, profiles: readonly NewRoutingProfile[]): Promise<void> {
  const rows = profiles.map((made) => ({
    ...resource(made),
    description: made.description,
    default_outbound_queue_id: made.defaultOutboundQueueId,
    media_concurrencies: JSON.stringify(made.mediaConcurrencies),
    agent_availability_timer: made.agentAvailabilityTimer ?? 'TIME_SINCE_LAST_ACTIVITY',
    is_default: made.isDefault ?? false,
  }));
  if (rows.length > 0) await tx.insertInto('routing_profile').values(rows).execute();
  for (const { id, queues, manualAssignmentQueues } of profiles) {
    await associateQueues(tx, id, queues);
    await associateManualAssignmentQueues(tx, id, manualAssignmentQueues ?? []);
  }
}
