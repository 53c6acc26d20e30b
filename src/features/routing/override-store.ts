import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { HoursOfOperationOverrideTable } from '../../database/tables.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';

export type OverrideRow = Selectable<HoursOfOperationOverrideTable>;

/** Every column but the ids. */
export interface OverrideSettings {
  readonly name: string;
  readonly description: string | null;
  readonly type: 'STANDARD' | 'OPEN' | 'CLOSED';
  readonly effectiveFrom: string;
  readonly effectiveTill: string;
  readonly config: unknown;
  readonly recurrence: unknown;
}

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

export function findOverride(db: Db | Tx, hoursId: string, id: string) {
  return db
    .selectFrom('hours_of_operation_override')
    .selectAll()
    .where('hours_of_operation_id', '=', hoursId)
    .where('id', '=', id)
    .executeTakeFirst();
}

export async function countOverrides(tx: Tx, hoursId: string): Promise<number> {
  const { count } = await tx
    .selectFrom('hours_of_operation_override')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('hours_of_operation_id', '=', hoursId)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** In the order of names; one more than the page. */
export function listOverrides(db: Db | Tx, hoursId: string, page: NamePage) {
  return db
    .selectFrom('hours_of_operation_override')
    .selectAll()
    .where('hours_of_operation_id', '=', hoursId)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

/** All overrides of several hours. A quota of 50 for each keeps them few. */
export async function overridesOf(db: Db | Tx, hoursIds: readonly string[]): Promise<OverrideRow[]> {
  const { rows } = await sql<OverrideRow>`
    select * from hours_of_operation_override where hours_of_operation_id = any(${hoursIds}::uuid[])
    order by lower(name), id`.execute(db);
  return rows;
}

/** The condition is on `hours_of_operation_override as o` and `hours_of_operation as h`. */
export async function searchOverrides(
  db: Db | Tx,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<{ rows: OverrideRow[]; count: number }> {
  const from = sql`from hours_of_operation_override o join hours_of_operation h on h.id = o.hours_of_operation_id
    where h.instance_id = ${instanceId} and ${condition}`;
  const [found, counted] = await Promise.all([
    sql<OverrideRow>`select o.* ${from} and ${behind(page, sql.ref('o.name'), sql.ref('o.id'))}
      order by lower(o.name), o.id limit ${page.size + 1}`.execute(db),
    sql<{ count: string }>`select count(*) as count ${from}`.execute(db),
  ]);
  return { rows: found.rows, count: Number(counted.rows[0]?.count) };
}
