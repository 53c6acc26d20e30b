import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { mayBeNamedAsOffering, shownName } from '../../access/shown-names.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { QuickConnectTable } from '../../database/tables.ts';
import { isUniqueViolation } from '../../database/transaction.ts';
import { duplicate, notFound, OperationError } from '../../operations/errors.ts';
import { type Found, type Listed, listByName, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { keepPresent } from '../../operations/present.ts';
import { lockContactFlow } from '../flows/store.ts';
import { flowTypeFor } from './rules.ts';
import { columnsOf, targetOf } from './target-store.ts';
import type { NewQuickConnect, QuickConnect, Target } from './types.ts';

function fromRow(row: Selectable<QuickConnectTable>): QuickConnect {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    target: targetOf(row),
    tags: row.tags,
    lastModifiedTime: row.last_modified_time,
    lastModifiedRegion: row.last_modified_region,
  };
}

/** Null when the instance has no such quick connect. An orphan is found like any other. */
export async function findQuickConnect(db: Db | Tx, instanceId: string, id: string): Promise<QuickConnect | null> {
  const row = await db
    .selectFrom('quick_connect')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The same, kept from being changed or deleted by others until the transaction ends. */
export async function lockQuickConnect(tx: Tx, instanceId: string, id: string): Promise<QuickConnect | null> {
  const row = await tx
    .selectFrom('quick_connect')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

/** The condition is on the bare table. */
export function listQuickConnects(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool> | undefined,
  page: NamePage,
): Promise<Listed<QuickConnect>> {
  return listByName(db, 'transfer-destination', { instanceId, page, condition }, fromRow);
}

/** The same, with how many there are on all pages. */
export function searchQuickConnects(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<QuickConnect>> {
  return searchByName(db, 'transfer-destination', { instanceId, page, condition }, fromRow);
}

/**
 * Checks that what a quick connect leads to is there, and keeps it there until the transaction ends.
 *
 * The share lock on the user is what an accepted CreateQuickConnect rests on: it waits for a deletion that is under way
 * and then finds nobody, or makes the deletion wait until the quick connect is there for it to see. It is taken before
 * any lock on a quick connect, in the order in which a deletion takes them, so that neither waits for the other.
 * @throws ResourceNotFoundException; InvalidRequestException for a flow of another type
 */
export async function lockTarget(tx: Tx, instanceId: string, target: Target): Promise<void> {
  if (target.type === 'USER') await keepPresent(tx, { id: instanceId }, 'agent', [target.userId]);
  if (target.type === 'QUEUE') await keepPresent(tx, { id: instanceId }, 'queue', [target.queueId]);
  if (target.type === 'PHONE_NUMBER') return;
  const flow = await lockContactFlow(tx, instanceId, target.contactFlowId);
  if (!flow) throw notFound('contact-flow', target.contactFlowId);
  const wanted = flowTypeFor[target.type];
  if (wanted && flow.type !== wanted) {
    throw new OperationError(
      'InvalidRequestException',
      `The flow ${flow.id} is of the type ${flow.type}. A quick connect of the type ${target.type} needs a flow of the type ${wanted}.`,
    );
  }
}

/** Rows in one statement: PostgreSQL takes 65,535 parameters. */
const insertChunk = 2000;

/** @throws DuplicateResourceException. What they lead to is the caller's to check, with lockTarget. */
export async function insertQuickConnects(tx: Tx, quickConnects: readonly NewQuickConnect[]): Promise<void> {
  for (let start = 0; start < quickConnects.length; start += insertChunk) {
    await insertRows(tx, quickConnects.slice(start, start + insertChunk));
  }
}

async function insertRows(tx: Tx, quickConnects: readonly NewQuickConnect[]): Promise<void> {
  await namingDuplicates(
    quickConnects.map((made) => made.name),
    tx
      .insertInto('quick_connect')
      .values(
        quickConnects.map((made) => ({
          id: made.id,
          instance_id: made.instanceId,
          name: made.name,
          description: made.description,
          ...columnsOf(made.target),
          tags: JSON.stringify(made.tags ?? {}),
          last_modified_time: made.now,
          last_modified_region: made.region,
        })),
      )
      .execute(),
  );
}

/** What an update sets; a member that is absent stays as it is. @throws DuplicateResourceException for a name in use. */
export async function updateQuickConnect(
  tx: Tx,
  id: string,
  changes: { readonly name?: string; readonly description?: string | null; readonly target?: Target },
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await namingDuplicates(
    changes.name === undefined ? [] : [changes.name],
    tx
      .updateTable('quick_connect')
      .set({
        ...(changes.name !== undefined && { name: changes.name }),
        ...(changes.description !== undefined && { description: changes.description }),
        ...(changes.target && columnsOf(changes.target)),
        last_modified_time: now,
        last_modified_region: region,
      })
      .where('id', '=', id)
      .execute(),
  );
}

async function namingDuplicates<T>(names: readonly string[], statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    if (!isUniqueViolation(error, 'quick_connect_name_key')) throw error;
    const which = names.length === 1 ? `named "${names[0]}"` : 'with one of these names';
    throw duplicate(`There is a quick connect ${which} already. Choose another name.`);
  }
}

/** Deletes them with their associations. Answers what went; ids that are not there are left out. */
export async function deleteQuickConnects(tx: Tx, instanceId: string, ids: readonly string[]): Promise<QuickConnect[]> {
  // Locked in the order of ids first: two calls with overlapping ids then wait for each other, not in a ring.
  const { rows } = await sql<Selectable<QuickConnectTable>>`
    select * from quick_connect where instance_id = ${instanceId} and id = any(${ids}::uuid[])
    order by id for update`.execute(tx);
  await deleteLocked(tx, rows);
  return rows.map(fromRow);
}

async function deleteLocked(tx: Tx, rows: readonly { id: string }[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`delete from quick_connect where id = any(${rows.map((row) => row.id)}::uuid[])`.execute(tx);
}

/** A USER quick connect with the queues that offer it to agents; without names that the caller may not be told. */
export interface QuickConnectOfUser {
  readonly id: string;
  readonly name: string | null;
  readonly userId: string;
  readonly queues: readonly { readonly id: string; readonly name: string | null }[];
}

/** The quick connects that point at any of these users, by name. */
export async function quickConnectsOfUsers(
  db: Db | Tx,
  instanceId: string,
  access: Access,
  userIds: readonly string[],
): Promise<QuickConnectOfUser[]> {
  if (userIds.length === 0) return [];
  const name = shownName(access, 'transfer-destination', 'qc');
  const queueName = sql`case when ${mayBeNamedAsOffering(access, 'q')} then q.name end`;
  const { rows } = await sql<QuickConnectOfUser>`
    select qc.id, ${name} as name, qc.user_id as "userId",
      coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'name', ${queueName}) order by lower(${queueName}), q.id)
        filter (where q.id is not null), '[]') as queues
    from quick_connect qc
      left join queue_quick_connect qqc on qqc.quick_connect_id = qc.id
      left join queue q on q.id = qqc.queue_id
    where qc.instance_id = ${instanceId} and qc.type = 'USER' and qc.user_id = any(${userIds}::uuid[])
    group by qc.id
    order by lower(${name}), qc.id`.execute(db);
  return rows;
}

/**
 * Deletes the quick connects that point at any of these users, and with them their associations with queues. Answers
 * what went.
 *
 * Call it when the users' rows are locked or deleted in the same transaction: whoever creates a USER quick connect
 * takes a share lock on the user, so that from then on nothing new can point at them. The rows are locked in the order
 * of their ids, so that two transactions that delete overlapping sets do not wait for each other in a ring.
 */
export async function deleteQuickConnectsOfUsers(
  tx: Tx,
  instanceId: string,
  userIds: readonly string[],
): Promise<(QuickConnect & { readonly userId: string })[]> {
  if (userIds.length === 0) return [];
  const { rows } = await sql<Selectable<QuickConnectTable> & { userId: string }>`
    select *, user_id as "userId" from quick_connect
    where instance_id = ${instanceId} and type = 'USER' and user_id = any(${userIds}::uuid[])
    order by id for update`.execute(tx);
  await deleteLocked(tx, rows);
  return rows.map((row) => ({ ...fromRow(row), userId: row.userId }));
}
