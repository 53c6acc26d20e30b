import { type Selectable, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { InstanceTable } from '../../database/tables.ts';
import type { Instance } from '../../operations/instance.ts';
import type { CreationRequest } from './types.ts';

function fromRow(row: Selectable<InstanceTable>): Instance {
  return {
    id: row.id,
    region: row.region,
    accountId: row.account_id,
    alias: row.alias,
    identityManagementType: row.identity_management_type,
    directoryId: row.directory_id,
    inboundCallsEnabled: row.inbound_calls_enabled,
    outboundCallsEnabled: row.outbound_calls_enabled,
    attributes: row.attributes,
    tags: row.tags,
    createdTime: row.created_time,
    activeTime: row.active_time,
    deletionTime: row.deletion_time,
  };
}

/** Null when the Region has no such instance, or has it no more. */
export async function findInstance(db: Db | Tx, id: string, region: string, now: Date): Promise<Instance | null> {
  const row = await db
    .selectFrom('instance')
    .selectAll()
    .where('id', '=', id)
    .where('region', '=', region)
    .where((eb) => eb.or([eb('deletion_time', 'is', null), eb('deletion_time', '>', now)]))
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** In whatever Region: for work that no request asks for, such as a batch. */
export async function findInstanceById(db: Db | Tx, id: string): Promise<Instance | null> {
  const row = await db.selectFrom('instance').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/**
 * By its alias in whatever case, which is unique over all Regions: it is part of the website's address. An instance
 * that is being deleted has given its alias back.
 */
export async function findInstanceByAlias(db: Db | Tx, alias: string): Promise<Instance | null> {
  const row = await db
    .selectFrom('instance')
    .selectAll()
    .where(sql<boolean>`lower(alias) = lower(${alias})`)
    .where('deletion_time', 'is', null)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Aliases of instances that nobody is deleting, in whatever Region; `limit` at most. */
export async function listAliases(db: Db | Tx, limit: number): Promise<string[]> {
  const { rows } = await sql<{ alias: string }>`
    select alias from instance where alias is not null and deletion_time is null limit ${limit}`.execute(db);
  return rows.map(({ alias }) => alias);
}

/** Oldest first, behind the given one. `limit` rows at most. */
export async function listInstances(
  db: Db | Tx,
  region: string,
  now: Date,
  after: { createdTime: Date; id: string } | null,
  limit: number,
): Promise<Instance[]> {
  let query = db
    .selectFrom('instance')
    .selectAll()
    .where('region', '=', region)
    .where((eb) => eb.or([eb('deletion_time', 'is', null), eb('deletion_time', '>', now)]));
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_time', 'id'), '>', tuple(after.createdTime, after.id)),
    );
  }
  const rows = await query.orderBy('created_time').orderBy('id').limit(limit).execute();
  return rows.map(fromRow);
}

/** False when its alias, or the token of the request, is taken: then nothing was written. */
export async function insertInstance(tx: Tx, instance: Instance, request?: CreationRequest): Promise<boolean> {
  const inserted = await tx
    .insertInto('instance')
    .values({
      id: instance.id,
      region: instance.region,
      account_id: instance.accountId,
      alias: instance.alias,
      identity_management_type: instance.identityManagementType,
      directory_id: instance.directoryId,
      inbound_calls_enabled: instance.inboundCallsEnabled,
      outbound_calls_enabled: instance.outboundCallsEnabled,
      attributes: JSON.stringify(instance.attributes),
      tags: JSON.stringify(instance.tags),
      created_time: instance.createdTime,
      active_time: instance.activeTime,
      deletion_time: instance.deletionTime,
      client_token: request?.clientToken ?? null,
      request_hash: request?.requestHash ?? null,
    })
    // Another request with the same alias or token makes this wait for how that one ends.
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** The instance that a request with this token has made, with the hash of that request. */
export async function findInstanceByToken(
  db: Db | Tx,
  region: string,
  clientToken: string,
): Promise<{ instance: Instance; requestHash: string | null } | null> {
  const row = await db
    .selectFrom('instance')
    .selectAll()
    .where('region', '=', region)
    .where('client_token', '=', clientToken)
    .where('deletion_time', 'is', null)
    .executeTakeFirst();
  return row ? { instance: fromRow(row), requestHash: row.request_hash } : null;
}

/** As it is now; nobody else changes it until the transaction ends. Null when it has just been removed. */
export async function lockAndReadInstance(tx: Tx, id: string): Promise<Instance | null> {
  const row = await tx.selectFrom('instance').selectAll().where('id', '=', id).forNoKeyUpdate().executeTakeFirst();
  return row ? fromRow(row) : null;
}

export async function setAttribute(tx: Tx, id: string, type: string, value: boolean): Promise<void> {
  const change =
    type === 'INBOUND_CALLS'
      ? sql`inbound_calls_enabled = ${value}`
      : type === 'OUTBOUND_CALLS'
        ? sql`outbound_calls_enabled = ${value}`
        : sql`attributes = attributes || ${JSON.stringify({ [type]: value })}::jsonb`;
  await sql`update instance set ${change} where id = ${id}`.execute(tx);
}

/** Lets it be gone from a moment on. False when somebody has asked for that already. */
export async function setDeletionTime(tx: Tx, id: string, time: Date): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('instance')
    .set({ deletion_time: time })
    .where('id', '=', id)
    .where('deletion_time', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** An instance that is gone for everybody and still has its rows. */
export async function findGoneInstance(db: Db | Tx, now: Date): Promise<string | null> {
  const row = await db
    .selectFrom('instance')
    .select('id')
    .where('deletion_time', '<=', now)
    .limit(1)
    .executeTakeFirst();
  return row?.id ?? null;
}

/**
 * Removes an instance and all that hangs below it by foreign keys, set-wise. Audit and change feed, which have none, stay.
 * A range of a batch of its users may be at work: locks are taken in the order that every writer keeps, batches first.
 */
export async function deleteInstance(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('user_batch').select('id').where('instance_id', '=', id).orderBy('id').forUpdate().execute();
  await lockInstance(tx, id);
  // What others refer to comes after them, over the fences of the features: the cascades below the instance alone
  // would check a queue before they come to the routing profiles that offer it.
  await sql`
    delete from hours_of_operation_parent
    where parent_id in (select id from hours_of_operation where instance_id = ${id})`.execute(tx);
  for (const table of ['users', 'routing_profile', 'quick_connect', 'queue'] as const) {
    await tx.deleteFrom(table).where('instance_id', '=', id).execute();
  }
  await tx.deleteFrom('instance').where('id', '=', id).execute();
}

/**
 * Makes whoever else wants this lock wait until the transaction ends. It is taken where a rule looks at all users of an
 * instance ("somebody who can administer users must remain"), which row locks on single users cannot hold.
 */
export async function lockInstance(tx: Tx, instanceId: string): Promise<void> {
  await tx.selectFrom('instance').select('id').where('id', '=', instanceId).forNoKeyUpdate().executeTakeFirst();
}

export async function markSampleData(tx: Tx, instanceId: string, time: Date): Promise<void> {
  await tx.updateTable('instance').set({ sample_data_time: time }).where('id', '=', instanceId).execute();
}

/** Whether the sample data is there already; takes the instance's lock, so that two servers do not both fill it. */
export async function hasSampleData(tx: Tx, instanceId: string): Promise<boolean> {
  const row = await tx
    .selectFrom('instance')
    .select('sample_data_time')
    .where('id', '=', instanceId)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row?.sample_data_time != null;
}
