import type { Selectable } from 'kysely';
import type { InstanceTable } from '../../database/tables.ts';
import type { Db, Tx } from '../../operations/define-operation.ts';
import type { Instance } from './types.ts';

function fromRow(row: Selectable<InstanceTable>): Instance {
  return {
    id: row.id,
    region: row.region,
    accountId: row.account_id,
    alias: row.alias,
    identityManagementType: row.identity_management_type,
    status: row.status,
    inboundCallsEnabled: row.inbound_calls_enabled,
    outboundCallsEnabled: row.outbound_calls_enabled,
    tags: row.tags,
    createdTime: row.created_time,
  };
}

/** Null when the Region has no such instance. */
export async function findInstance(db: Db | Tx, id: string, region: string): Promise<Instance | null> {
  const row = await db
    .selectFrom('instance')
    .selectAll()
    .where('id', '=', id)
    .where('region', '=', region)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** In whatever Region: for work that no request asks for, such as a batch. */
export async function findInstanceById(db: Db | Tx, id: string): Promise<Instance | null> {
  const row = await db.selectFrom('instance').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** By its alias, which is unique over all Regions: it is part of the website's address. */
export async function findInstanceByAlias(db: Db | Tx, alias: string): Promise<Instance | null> {
  const row = await db.selectFrom('instance').selectAll().where('alias', '=', alias).executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** Oldest first, behind the given one. `limit` rows at most. */
export async function listInstances(
  db: Db | Tx,
  region: string,
  after: { createdTime: Date; id: string } | null,
  limit: number,
): Promise<Instance[]> {
  let query = db.selectFrom('instance').selectAll().where('region', '=', region);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_time', 'id'), '>', tuple(after.createdTime, after.id)),
    );
  }
  const rows = await query.orderBy('created_time').orderBy('id').limit(limit).execute();
  return rows.map(fromRow);
}

export async function insertInstance(tx: Tx, instance: Instance): Promise<void> {
  await tx
    .insertInto('instance')
    .values({
      id: instance.id,
      region: instance.region,
      account_id: instance.accountId,
      alias: instance.alias,
      identity_management_type: instance.identityManagementType,
      status: instance.status,
      inbound_calls_enabled: instance.inboundCallsEnabled,
      outbound_calls_enabled: instance.outboundCallsEnabled,
      tags: JSON.stringify(instance.tags),
      created_time: instance.createdTime,
    })
    .execute();
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
