import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { QueueTable } from '../../database/tables.ts';
import { invalidRequest, notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { type Found, type Listed, listSummaries, type Summary, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import type { AgentQueue, NewQueue, Queue, QueueSettings } from './types.ts';

function fromRow(row: Selectable<QueueTable>): Queue {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    status: row.status,
    hoursOfOperationId: row.hours_of_operation_id,
    maxContacts: row.max_contacts,
    // Written by columnsOf alone, in these shapes.
    outboundCallerConfig: row.outbound_caller_config as QueueSettings['outboundCallerConfig'],
    outboundEmailConfig: row.outbound_email_config as QueueSettings['outboundEmailConfig'],
    tags: row.tags,
    lastModifiedTime: row.last_modified_time,
    lastModifiedRegion: row.last_modified_region,
  };
}

/** The columns of the settings that are there; what is undefined kysely leaves out. */
function columnsOf(settings: { readonly [K in keyof QueueSettings]?: QueueSettings[K] | undefined }) {
  const json = (value: unknown) => (value === undefined || value === null ? value : JSON.stringify(value));
  return {
    name: settings.name,
    description: settings.description,
    status: settings.status,
    hours_of_operation_id: settings.hoursOfOperationId,
    max_contacts: settings.maxContacts,
    outbound_caller_config: json(settings.outboundCallerConfig),
    outbound_email_config: json(settings.outboundEmailConfig),
  };
}

/** Those that the caller reaches. */
export function listStandardQueues(
  db: Db,
  instanceId: string,
  page: NamePage,
  access: Access,
): Promise<Listed<Summary>> {
  return listSummaries(db, 'queue', { instanceId, page, condition: access.within('queue', 'queue') });
}

/** The condition is on queue. */
export function searchQueues(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<Queue>> {
  return searchByName(db, 'queue', { instanceId, page, condition }, fromRow);
}

/** The AGENT queue of each user whom the caller reaches, in the order of ids: it has no name, and tells no login. */
export async function listAgentQueues(
  db: Db,
  instanceId: string,
  page: { readonly after: string | null; readonly limit: number },
  access: Access,
): Promise<AgentQueue[]> {
  return agentQueues(db, instanceId)
    .where(access.within('agent', 'users'))
    .where(page.after === null ? sql<boolean>`true` : sql<boolean>`id > ${page.after}::uuid`)
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

/** Null when the instance has no such user. */
export async function findAgentQueue(db: Db | Tx, instanceId: string, userId: string): Promise<AgentQueue | null> {
  return (await agentQueues(db, instanceId).where('id', '=', userId).executeTakeFirst()) ?? null;
}

const agentQueues = (db: Db | Tx, instanceId: string) =>
  db
    .selectFrom('users')
    .select(['id', 'last_modified_time as lastModifiedTime', 'last_modified_region as lastModifiedRegion'])
    .where('instance_id', '=', instanceId);

const byId = (db: Db | Tx, instanceId: string, id: string) =>
  db.selectFrom('queue').selectAll().where('instance_id', '=', instanceId).where('id', '=', id);

/** Null when the instance has no such standard queue. */
export async function findQueue(db: Db | Tx, instanceId: string, id: string): Promise<Queue | null> {
  const row = await byId(db, instanceId, id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The same. The lock keeps it from being deleted, and its associations from being counted twice over. */
export async function lockQueue(tx: Tx, instanceId: string, id: string): Promise<Queue | null> {
  const row = await byId(tx, instanceId, id).forNoKeyUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

/**
 * A standard queue, locked in whole for deleting it, or else so that two changes of it take turns.
 * @throws ResourceNotFoundException; InvalidRequestException for the queue of a user
 */
export async function lockedQueue(tx: Tx, instance: Instance, id: string, { whole = false } = {}): Promise<Queue> {
  const query = byId(tx, instance.id, id);
  const row = await (whole ? query.forUpdate() : query.forNoKeyUpdate()).executeTakeFirst();
  if (row) return fromRow(row);
  if (!(await findAgentQueue(tx, instance.id, id))) throw notFound('queue', id);
  throw invalidRequest('This is the queue of a user. It comes and goes with the user and cannot be changed.');
}

export async function insertQueues(tx: Tx, queues: readonly NewQueue[]): Promise<void> {
  const rows = queues.map((made) => ({
    ...columnsOf(made),
    id: made.id,
    instance_id: made.instanceId,
    name: made.name,
    hours_of_operation_id: made.hoursOfOperationId,
    tags: JSON.stringify(made.tags ?? {}),
    last_modified_time: made.now,
    last_modified_region: made.region,
  }));
  if (rows.length > 0) await tx.insertInto('queue').values(rows).execute();
}

interface Modified {
  readonly now: Date;
  readonly region: string;
}

/** Also without changes of its own: then what belongs to it changed. @throws DuplicateResourceException */
export async function updateQueue(
  tx: Tx,
  id: string,
  settings: Parameters<typeof columnsOf>[0],
  { now, region }: Modified,
): Promise<void> {
  await withUniqueName(
    { constraint: 'queue_name_key', kind: 'queue', name: settings.name ?? '' },
    tx
      .updateTable('queue')
      .set({ ...columnsOf(settings), last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

/** What it offers goes with it; what routes or leads to it must be gone before. */
export async function deleteQueue(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('queue').where('id', '=', id).execute();
}

export interface QueueUse {
  readonly type: 'routing-profile' | 'transfer-destination';
  readonly id: string;
}

/**
 * What keeps a queue from being deleted: routing profiles that have it, in whatever way, and quick connects that lead to
 * it. Up to `limit` of them; whoever asks has locked the queue, so that no other comes to it meanwhile.
 */
export async function usesOfQueue(tx: Tx, queueId: string, limit: number): Promise<QueueUse[]> {
  const { rows } = await sql<QueueUse>`
    select 'routing-profile' as type, p.id from routing_profile p
    where p.default_outbound_queue_id = ${queueId}
      or p.id in (select routing_profile_id from routing_profile_queue where queue_id = ${queueId})
      or p.id in (select routing_profile_id from routing_profile_manual_assignment_queue where queue_id = ${queueId})
    union all
    select 'transfer-destination', qc.id from quick_connect qc where qc.queue_id = ${queueId}
    limit ${limit}`.execute(tx);
  return rows;
}
