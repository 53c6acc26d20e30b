import type { Db, Tx } from '../../database/db.ts';
import type { AccessKeyDetails } from './types.ts';

const columns = [
  'id',
  'description',
  'actions',
  'status',
  'created_time as createdTime',
  'created_by as createdBy',
  'last_used_time as lastUsedTime',
] as const;

export async function insertAccessKey(
  tx: Tx,
  key: Omit<AccessKeyDetails, 'lastUsedTime' | 'status'> & { readonly sealedSecret: Buffer },
): Promise<void> {
  await tx
    .insertInto('access_key')
    .values({
      id: key.id,
      sealed_secret: key.sealedSecret,
      description: key.description,
      actions: [...key.actions],
      created_time: key.createdTime,
      created_by: key.createdBy,
    })
    .execute();
}

/** Oldest first, behind the given one. */
export async function listAccessKeys(
  db: Db,
  after: { readonly createdTime: Date; readonly id: string } | null,
  limit: number,
): Promise<AccessKeyDetails[]> {
  let query = db.selectFrom('access_key').select(columns);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('created_time', 'id'), '>', tuple(after.createdTime, after.id)),
    );
  }
  return query.orderBy('created_time').orderBy('id').limit(limit).execute();
}

/** Null when there is none: it was deleted, or is the first access key, which is in no table. */
export async function findAccessKey(db: Db | Tx, id: string): Promise<AccessKeyDetails | null> {
  return (await db.selectFrom('access_key').select(columns).where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Locks the row until the transaction ends. Null when there is none. */
export async function lockAccessKey(tx: Tx, id: string): Promise<AccessKeyDetails | null> {
  return (
    (await tx.selectFrom('access_key').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()) ?? null
  );
}

export async function updateAccessKey(
  tx: Tx,
  id: string,
  change: { readonly status: 'ENABLED' | 'DISABLED'; readonly actions: readonly string[]; description: string | null },
): Promise<void> {
  const { status, description } = change;
  await tx
    .updateTable('access_key')
    .set({ status, description, actions: [...change.actions] })
    .where('id', '=', id)
    .execute();
}

export async function deleteAccessKey(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('access_key').where('id', '=', id).execute();
}

/** For the door: the sealed secret of an enabled key. */
export async function findEnabledAccessKey(
  db: Db,
  id: string,
): Promise<{ sealedSecret: Buffer; actions: string[]; lastUsedTime: Date | null } | null> {
  const row = await db
    .selectFrom('access_key')
    .select(['sealed_secret as sealedSecret', 'actions', 'last_used_time as lastUsedTime'])
    .where('id', '=', id)
    .where('status', '=', 'ENABLED')
    .executeTakeFirst();
  return row ?? null;
}

/** Left out when something else holds the row: no request waits for this note. */
export async function noteUse(db: Db, id: string, now: Date): Promise<void> {
  await db
    .updateTable('access_key')
    .set({ last_used_time: now })
    .where('id', 'in', (free) =>
      free.selectFrom('access_key').select('id').where('id', '=', id).forUpdate().skipLocked(),
    )
    .execute();
}
