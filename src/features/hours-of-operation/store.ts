import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { HoursOfOperationTable } from '../../database/tables.ts';
import { notFound } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { type Found, type Listed, pageByName, searchByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import type { HoursOfOperation, HoursSettings, NamedHours, NewHoursOfOperation } from './types.ts';

function fromRow(row: Selectable<HoursOfOperationTable>): HoursOfOperation {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    timeZone: row.time_zone,
    // Written by columnsOf alone, in this shape.
    config: row.config as HoursSettings['config'],
    tags: row.tags,
    lastModifiedTime: row.last_modified_time,
    lastModifiedRegion: row.last_modified_region,
  };
}

type Changes = { readonly [K in keyof HoursSettings]?: HoursSettings[K] | undefined };

/** The columns of the settings that are there; what is undefined kysely leaves out. */
const columnsOf = (settings: Changes) => ({
  name: settings.name,
  description: settings.description,
  time_zone: settings.timeZone,
  config: settings.config && JSON.stringify(settings.config),
});

/** The condition is on hours_of_operation. */
export function searchHours(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<HoursOfOperation>> {
  return searchByName(db, 'operating-hours', { instanceId, page, condition }, fromRow);
}

const byId = (db: Db | Tx, instance: Instance, id: string) =>
  db.selectFrom('hours_of_operation').selectAll().where('instance_id', '=', instance.id).where('id', '=', id);

/** @throws ResourceNotFoundException */
export async function hoursIn(db: Db | Tx, instance: Instance, id: string): Promise<HoursOfOperation> {
  const row = await byId(db, instance, id).executeTakeFirst();
  if (!row) throw notFound('operating-hours', id);
  return fromRow(row);
}

/**
 * Locked in whole for deleting them, or else so that two changes of them take turns.
 * @throws ResourceNotFoundException
 */
export async function lockedHours(
  tx: Tx,
  instance: Instance,
  id: string,
  { whole = false } = {},
): Promise<HoursOfOperation> {
  const query = byId(tx, instance, id);
  const row = await (whole ? query.forUpdate() : query.forNoKeyUpdate()).executeTakeFirst();
  if (!row) throw notFound('operating-hours', id);
  return fromRow(row);
}

export async function insertHoursOfOperation(tx: Tx, hours: readonly NewHoursOfOperation[]): Promise<void> {
  const rows = hours.map((made) => ({
    id: made.id,
    instance_id: made.instanceId,
    name: made.name,
    description: made.description,
    time_zone: made.timeZone,
    config: JSON.stringify(made.config),
    tags: JSON.stringify(made.tags ?? {}),
    last_modified_time: made.now,
    last_modified_region: made.region,
  }));
  if (rows.length > 0) await tx.insertInto('hours_of_operation').values(rows).execute();
}

/** Also without changes of its own: then what belongs to the hours changed. @throws DuplicateResourceException */
export async function updateHours(
  tx: Tx,
  id: string,
  changes: Changes,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await withUniqueName(
    { constraint: 'hours_of_operation_name_key', kind: 'set of hours of operation', name: changes.name ?? '' },
    tx
      .updateTable('hours_of_operation')
      .set({ ...columnsOf(changes), last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

/** Their overrides go with them. */
export async function deleteHours(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('hours_of_operation').where('id', '=', id).execute();
}

/** Queues that keep these hours; whoever asks has locked the hours. */
export async function queuesWithHours(tx: Tx, hoursId: string, limit: number) {
  const rows = await tx
    .selectFrom('queue')
    .select('id')
    .where('hours_of_operation_id', '=', hoursId)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(({ id }) => ({ type: 'queue' as const, id }));
}

// ---- Parents: hours whose overrides these take over -----------------------------------------------------------------

/** The parents of each, in the order in which they were given. */
export async function parentsOf(db: Db | Tx, hoursIds: readonly string[]): Promise<Map<string, NamedHours[]>> {
  const { rows } = await sql<{ of: string; id: string; name: string }>`
    select p.hours_of_operation_id as of, h.id, h.name
    from hours_of_operation_parent p join hours_of_operation h on h.id = p.parent_id
    where p.hours_of_operation_id = any(${hoursIds}::uuid[]) order by p.position, h.id`.execute(db);
  const parents = new Map<string, NamedHours[]>();
  for (const { of, id, name } of rows) parents.set(of, [...(parents.get(of) ?? []), { id, name }]);
  return parents;
}

/** Answers the ids of those that are new; repeating an association is harmless. */
export async function addParents(tx: Tx, hoursId: string, parentIds: readonly string[]): Promise<string[]> {
  if (parentIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    insert into hours_of_operation_parent (hours_of_operation_id, parent_id, position)
    select ${hoursId}::uuid, given.id, given.position + coalesce(
      (select max(position) from hours_of_operation_parent where hours_of_operation_id = ${hoursId}), 0)
    from unnest(${parentIds}::uuid[]) with ordinality as given (id, position)
    on conflict do nothing returning parent_id as id`.execute(tx);
  return rows.map((row) => row.id);
}

/** Answers the ids of those that were parents. */
export async function removeParents(tx: Tx, hoursId: string, parentIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    delete from hours_of_operation_parent
    where hours_of_operation_id = ${hoursId} and parent_id = any(${parentIds}::uuid[]) returning parent_id as id`.execute(
    tx,
  );
  return rows.map((row) => row.id);
}

/** Those that take over the overrides of the given hours. */
export function listChildren(db: Db | Tx, hoursId: string, page: NamePage): Promise<Listed<NamedHours>> {
  const query = sql`
    select h.id, h.name from hours_of_operation_parent p join hours_of_operation h on h.id = p.hours_of_operation_id
    where p.parent_id = ${hoursId}`;
  return pageByName<NamedHours, NamedHours>(db, page, query, (row) => row, {
    name: sql.ref('h.name'),
    id: sql.ref('h.id'),
  });
}
