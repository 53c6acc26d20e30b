import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import { asTable, type Column, iso } from '../../database/rows.ts';
import type { PackedContact } from './contact-record.ts';
import type { AgentSnapshot, Contact, QueueSnapshot } from './types.ts';

/*
 * All SQL that writes contacts. Locks, in the order that every writer keeps: snapshots of agents by id, of queues by id,
 * contacts by id. A row is inserted or found in that order too, so that two imports of the same contacts take turns and never
 * wait for each other in a ring.
 */

interface ContactRow extends Contact {
  readonly agentSnapshotId: string | null;
  readonly queueSnapshotId: string | null;
  readonly recordHash: Buffer;
}

/** What an import writes of a contact, and overwrites with a newer record. */
const contactColumns: readonly Column<ContactRow>[] = [
  ['contact_id', 'uuid', (row) => row.contactId],
  ['initial_contact_id', 'uuid', (row) => row.initialContactId],
  ['previous_contact_id', 'uuid', (row) => row.previousContactId],
  ['next_contact_id', 'uuid', (row) => row.nextContactId],
  ['related_contact_id', 'uuid', (row) => row.relatedContactId],
  ['agent_id', 'uuid', (row) => row.agent?.userId ?? null],
  ['agent_snapshot_id', 'uuid', (row) => row.agentSnapshotId],
  ['queue_id', 'uuid', (row) => row.queue?.queueId ?? null],
  ['queue_snapshot_id', 'uuid', (row) => row.queueSnapshotId],
  ['initiation_time', 'timestamptz', (row) => iso(row.initiationTime)],
  ['connected_to_system_time', 'timestamptz', (row) => iso(row.connectedToSystemTime)],
  ['scheduled_time', 'timestamptz', (row) => iso(row.scheduledTime)],
  ['enqueue_time', 'timestamptz', (row) => iso(row.enqueueTime)],
  ['dequeue_time', 'timestamptz', (row) => iso(row.dequeueTime)],
  ['connected_to_agent_time', 'timestamptz', (row) => iso(row.connectedToAgentTime)],
  ['after_contact_work_end_time', 'timestamptz', (row) => iso(row.afterContactWorkEndTime)],
  ['transfer_completed_time', 'timestamptz', (row) => iso(row.transferCompletedTime)],
  ['disconnect_time', 'timestamptz', (row) => iso(row.disconnectTime)],
  ['last_update_time', 'timestamptz', (row) => iso(row.lastUpdateTime)],
  ['record_hash', 'bytea', (row) => row.recordHash],
  ['queue_duration', 'integer', (row) => row.queueDuration],
  ['agent_interaction_duration', 'integer', (row) => row.agentInteractionDuration],
  ['customer_hold_duration', 'integer', (row) => row.customerHoldDuration],
  ['after_contact_work_duration', 'integer', (row) => row.afterContactWorkDuration],
  ['agent_pause_duration', 'integer', (row) => row.agentPauseDuration],
  ['number_of_holds', 'integer', (row) => row.numberOfHolds],
  ['agent_connection_attempts', 'integer', (row) => row.agentConnectionAttempts],
  ['channel', 'text', (row) => row.channel],
  ['subtype', 'text', (row) => row.subtype],
  ['initiation_method', 'text', (row) => row.initiationMethod],
  ['disconnect_reason', 'text', (row) => row.disconnectReason],
  ['customer_endpoint', 'text', (row) => row.customerEndpoint],
  ['system_endpoint', 'text', (row) => row.systemEndpoint],
  ['transferred_to_endpoint', 'text', (row) => row.transferredToEndpoint],
  ['name', 'text', (row) => row.name],
  ['attributes', 'jsonb', (row) => JSON.stringify(row.attributes)],
  ['tags', 'jsonb', (row) => JSON.stringify(row.tags)],
];

export interface Standing {
  readonly lastUpdateTime: Date;
  readonly recordHash: Buffer;
}

/** Whether the first is the newer of two records of a contact. */
export function isNewer(one: Standing, other: Standing): boolean {
  const later = one.lastUpdateTime.getTime() - other.lastUpdateTime.getTime();
  return later === 0 ? one.recordHash.compare(other.recordHash) > 0 : later > 0;
}

/** What is there of these contacts. */
export async function standingOf(
  db: Db | Tx,
  instanceId: string,
  contactIds: readonly string[],
): Promise<Map<string, Standing>> {
  const { rows } = await sql<Standing & { contactId: string }>`
    select contact_id as "contactId", last_update_time as "lastUpdateTime", record_hash as "recordHash"
    from contact where instance_id = ${instanceId} and contact_id = any(${contactIds}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.contactId, row]));
}

/**
 * Writes records of contacts where they are newer than what is there; each contact once.
 * @returns those that were written, and whether there was none before
 */
export async function upsertContacts(
  tx: Tx,
  instanceId: string,
  contacts: readonly PackedContact[],
): Promise<Map<string, { isNew: boolean }>> {
  if (contacts.length === 0) return new Map();
  const agents = await insertAgentSnapshots(
    tx,
    instanceId,
    contacts.flatMap(({ contact }) => contact.agent ?? []),
  );
  const queues = await insertQueueSnapshots(
    tx,
    instanceId,
    contacts.flatMap(({ contact }) => contact.queue ?? []),
  );
  const rows = contacts.map(({ contact, hash }) => ({
    ...contact,
    agentSnapshotId: contact.agent && agents(contact.agent),
    queueSnapshotId: contact.queue && queues(contact.queue),
    recordHash: hash,
  }));
  const { names, table } = asTable(contactColumns, rows);
  const overwritten = contactColumns
    .filter(([name]) => name !== 'contact_id')
    .map(([name]) => sql`${sql.ref(name)} = excluded.${sql.ref(name)}`);
  const { rows: written } = await sql<{ contactId: string; version: number }>`
    insert into contact (instance_id, version, ${names})
    select ${instanceId}, 1, ${names} from ${table} order by contact_id
    on conflict (instance_id, contact_id) do update set version = contact.version + 1, ${sql.join(overwritten)}
    where (excluded.last_update_time, excluded.record_hash) > (contact.last_update_time, contact.record_hash)
    returning contact_id as "contactId", version`.execute(tx);
  const outcome = new Map(written.map(({ contactId, version }) => [contactId, { isNew: version === 1 }]));
  const taken = contacts.filter(({ contact }) => outcome.has(contact.contactId));
  await sql`
    insert into contact_raw (instance_id, contact_id, record)
    select ${instanceId}, r.contact_id, r.record
    from unnest(${taken.map(({ contact }) => contact.contactId)}::uuid[], ${taken.map(({ packed }) => packed)}::bytea[])
      as r (contact_id, record)
    order by r.contact_id
    on conflict (instance_id, contact_id) do update set record = excluded.record`.execute(tx);
  return outcome;
}

/** Takes a contact for a change, for the rest of the transaction. */
export async function lockContact(tx: Tx, instanceId: string, contactId: string): Promise<void> {
  await sql`
    select 1 from contact where instance_id = ${instanceId} and contact_id = ${contactId} for update`.execute(tx);
}

/**
 * A change that was made here, of a contact that is locked. As in Amazon Connect it is newer than what was delivered before,
 * and gives way to a record that is delivered later; the record that is kept stays as it was delivered.
 */
export async function updateContact(
  tx: Tx,
  instanceId: string,
  contactId: string,
  { attributes, tags }: { readonly attributes?: Contact['attributes']; readonly tags?: Contact['tags'] },
  now: Date,
): Promise<void> {
  await sql`
    update contact set last_update_time = greatest(last_update_time, ${now}),
      attributes = coalesce(${attributes ? JSON.stringify(attributes) : null}::jsonb, attributes),
      tags = coalesce(${tags ? JSON.stringify(tags) : null}::jsonb, tags)
    where instance_id = ${instanceId} and contact_id = ${contactId}`.execute(tx);
}

/**
 * A record as it is kept. Of a few kilobytes the first level saves almost as much as the others, and a small window as much
 * as a large one, which would be made and thrown away for each record.
 */
export const packed = (text: string): Buffer =>
  deflateRawSync(text, { level: 1, windowBits: 12, memLevel: 5, chunkSize: 2048 });

/** Records of contacts as they were delivered, by the contact; those that came in another way have none. */
export async function rawRecordsOf(
  db: Db | Tx,
  instanceId: string,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; record: Buffer }>`
    select contact_id as id, record from contact_raw
    where instance_id = ${instanceId} and contact_id = any(${contactIds}::uuid[])`.execute(db);
  return new Map(rows.map(({ id, record }) => [id, inflateRawSync(record).toString('utf8')]));
}

/** That of one, in whatever case its id is written; null for one that came in another way. */
export async function rawRecordOf(db: Db | Tx, instanceId: string, contactId: string): Promise<string | null> {
  const [record = null] = (await rawRecordsOf(db, instanceId, [contactId])).values();
  return record;
}

// ---- Snapshots ------------------------------------------------------------------------------------------------------

/** The same content has the same id, so nobody has to ask whether it is there, or under which id. */
function snapshotId(...content: unknown[]): string {
  return hash('sha256', JSON.stringify(content), 'hex')
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Keeps them from being pruned until this transaction has written what needs them. False: some have just been. */
async function holdsAll(tx: Tx, table: 'agent_snapshot' | 'queue_snapshot', ids: readonly string[]): Promise<boolean> {
  const { rows } = await sql`
    select id from ${sql.table(table)} where id = any(${ids}::uuid[]) order by id for key share`.execute(tx);
  return rows.length === ids.length;
}

const agentColumns: readonly Column<AgentSnapshot & { id: string }>[] = [
  ['id', 'uuid', ({ id }) => id],
  ['user_id', 'uuid', ({ userId }) => userId],
  ['username', 'text', ({ username }) => username],
  ['first_name', 'text', ({ firstName }) => firstName],
  ['last_name', 'text', ({ lastName }) => lastName],
  ['routing_profile_id', 'uuid', ({ routingProfile }) => routingProfile?.id ?? null],
  ['routing_profile_name', 'text', ({ routingProfile }) => routingProfile?.name ?? null],
  ['groups', 'jsonb', ({ hierarchyPath }) => JSON.stringify(hierarchyPath)],
];

const idOfAgent = (instanceId: string, agent: AgentSnapshot) =>
  snapshotId(
    instanceId,
    agent.userId,
    agent.username,
    agent.firstName,
    agent.lastName,
    agent.routingProfile && [agent.routingProfile.id, agent.routingProfile.name],
    agent.hierarchyPath.map(({ id, name }) => [id, name]),
  );

/** Writes those that are not there. @returns what tells the id of each */
export async function insertAgentSnapshots(
  tx: Tx,
  instanceId: string,
  agents: readonly AgentSnapshot[],
): Promise<(agent: AgentSnapshot) => string> {
  const ids = new Map(agents.map((agent) => [agent, idOfAgent(instanceId, agent)]));
  const rows = new Map([...ids].map(([agent, id]) => [id, { ...agent, id }]));
  const { table } = asTable(agentColumns, [...rows.values()]);
  const write = async () => {
    await sql`
    insert into agent_snapshot (id, instance_id, user_id, username, first_name, last_name, routing_profile_id,
      routing_profile_name, hierarchy_group_ids, hierarchy_group_names)
    select r.id, ${instanceId}, r.user_id, r.username, r.first_name, r.last_name, r.routing_profile_id,
      r.routing_profile_name,
      array(select (g.value ->> 'id')::uuid from jsonb_array_elements(r.groups) with ordinality as g (value, place)
        order by g.place),
      array(select g.value ->> 'name' from jsonb_array_elements(r.groups) with ordinality as g (value, place)
        order by g.place)
    from ${table} order by r.id
    on conflict (id) do nothing`.execute(tx);
  };
  await write();
  if (!(await holdsAll(tx, 'agent_snapshot', [...rows.keys()]))) await write();
  return (agent) => ids.get(agent) ?? idOfAgent(instanceId, agent);
}

const queueColumns: readonly Column<QueueSnapshot & { id: string }>[] = [
  ['id', 'uuid', ({ id }) => id],
  ['queue_id', 'uuid', ({ queueId }) => queueId],
  ['type', 'text', ({ type }) => type],
  ['name', 'text', ({ name }) => name],
];

const idOfQueue = (instanceId: string, { queueId, type, name }: QueueSnapshot) =>
  snapshotId(instanceId, queueId, type, name);

/** The same for queues. */
export async function insertQueueSnapshots(
  tx: Tx,
  instanceId: string,
  queues: readonly QueueSnapshot[],
): Promise<(queue: QueueSnapshot) => string> {
  const ids = new Map(queues.map((queue) => [queue, idOfQueue(instanceId, queue)]));
  const rows = new Map([...ids].map(([queue, id]) => [id, { ...queue, id }]));
  const { names, table } = asTable(queueColumns, [...rows.values()]);
  const write = () =>
    sql`
    insert into queue_snapshot (instance_id, ${names})
    select ${instanceId}, ${names} from ${table} order by r.id
    on conflict (id) do nothing`.execute(tx);
  await write();
  if (!(await holdsAll(tx, 'queue_snapshot', [...rows.keys()]))) await write();
  return (queue) => ids.get(queue) ?? idOfQueue(instanceId, queue);
}
