import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { countRows } from '../../database/count.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { HoursOfOperationOverrideTable } from '../../database/tables.ts';
import { type Found, type Listed, pageByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';
import type { Override, OverrideSettings } from './types.ts';

const fromRow = (row: Selectable<HoursOfOperationOverrideTable>): Override => ({
  id: row.id,
  hoursId: row.hours_of_operation_id,
  name: row.name,
  description: row.description,
  type: row.type,
  effectiveFrom: row.effective_from,
  effectiveTill: row.effective_till,
  // Written by columnsOf alone, in these shapes.
  config: row.config as Override['config'],
  recurrence: row.recurrence_config as Override['recurrence'],
});

const columnsOf = (settings: OverrideSettings) => ({
  name: settings.name,
  description: settings.description,
  type: settings.type,
  effective_from: settings.effectiveFrom,
  effective_till: settings.effectiveTill,
  config: JSON.stringify(settings.config),
  recurrence_config: settings.recurrence ? JSON.stringify(settings.recurrence) : null,
});

const uniqueName = (name: string) => ({
  constraint: 'hours_of_operation_override_name_key',
  kind: 'override of these hours',
  name,
});

/** @throws DuplicateResourceException for a name that another override of the same hours has */
export async function insertOverride(tx: Tx, hoursId: string, id: string, settings: OverrideSettings): Promise<void> {
  const row = { id, hours_of_operation_id: hoursId, ...columnsOf(settings) };
  await withUniqueName(uniqueName(settings.name), tx.insertInto('hours_of_operation_override').values(row).execute());
}

/** @throws DuplicateResourceException for a name that another override of the same hours has */
export async function updateOverride(tx: Tx, id: string, settings: OverrideSettings): Promise<void> {
  await withUniqueName(
    uniqueName(settings.name),
    tx.updateTable('hours_of_operation_override').set(columnsOf(settings)).where('id', '=', id).execute(),
  );
}

export async function deleteOverride(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('hours_of_operation_override').where('id', '=', id).execute();
}

/** Null when these hours have no such override. */
export async function findOverride(db: Db | Tx, hoursId: string, id: string): Promise<Override | null> {
  const row = await db
    .selectFrom('hours_of_operation_override')
    .selectAll()
    .where('hours_of_operation_id', '=', hoursId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? fromRow(row) : null;
}

export function countOverrides(tx: Tx, hoursId: string): Promise<number> {
  return countRows(tx, sql`from hours_of_operation_override where hours_of_operation_id = ${hoursId}`);
}

export function listOverrides(db: Db, hoursId: string, page: NamePage): Promise<Listed<Override>> {
  const query = sql`select * from hours_of_operation_override where hours_of_operation_id = ${hoursId}`;
  return pageByName(db, page, query, fromRow);
}

/** All overrides of several hours. A quota of 50 for each keeps them few. */
export async function overridesOf(db: Db | Tx, hoursIds: readonly string[]): Promise<Override[]> {
  const { rows } = await sql<Selectable<HoursOfOperationOverrideTable>>`
    select * from hours_of_operation_override where hours_of_operation_id = any(${hoursIds}::uuid[])
    order by lower(name), id`.execute(db);
  return rows.map(fromRow);
}

/** The condition is on `hours_of_operation_override as o` and `hours_of_operation as h`. */
export async function searchOverrides(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<Override>> {
  const found = sql`from hours_of_operation_override o join hours_of_operation h on h.id = o.hours_of_operation_id
    where h.instance_id = ${instanceId} and ${condition}`;
  const columns = { name: sql.ref<string>('o.name'), id: sql.ref<string>('o.id') };
  const [listed, count] = await Promise.all([
    pageByName(db, page, sql`select o.* ${found}`, fromRow, columns),
    countRows(db, found),
  ]);
  return { ...listed, count };
}
