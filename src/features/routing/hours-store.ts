import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { Connect } from '../../operations/connect-types.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';
import { withUniqueName } from '../../operations/unique-name.ts';

export interface HoursChanges {
  readonly name?: string | undefined;
  /** Null: none. */
  readonly description?: string | null | undefined;
  readonly time_zone?: string | undefined;
  readonly config?: readonly Connect.HoursOfOperationConfig[] | undefined;
}

interface Modified {
  readonly now: Date;
  readonly region: string;
}

/** Also without changes of its own: then what belongs to the hours changed. @throws DuplicateResourceException */
export async function updateHours(
  tx: Tx,
  id: string,
  { config, ...columns }: HoursChanges,
  { now, region }: Modified,
): Promise<void> {
  await withUniqueName(
    { constraint: 'hours_of_operation_name_key', kind: 'set of hours of operation', name: columns.name ?? '' },
    tx
      .updateTable('hours_of_operation')
      .set({
        ...columns,
        ...(config && { config: JSON.stringify(config) }),
        last_modified_time: now,
        last_modified_region: region,
      })
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

/** In the order of names; one more than the page. The condition is on hours_of_operation. */
export function searchHours(db: Db | Tx, instanceId: string, condition: RawBuilder<SqlBool>, page: NamePage) {
  return db
    .selectFrom('hours_of_operation')
    .selectAll()
    .where('instance_id', '=', instanceId)
    .where(condition)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

// ---- Parents: hours whose overrides these take over -----------------------------------------------------------------

/** The parents of each, in the order in which they were given. */
export async function parentsOf(
  db: Db | Tx,
  hoursIds: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const { rows } = await sql<{ of: string; id: string; name: string }>`
    select p.hours_of_operation_id as of, h.id, h.name
    from hours_of_operation_parent p join hours_of_operation h on h.id = p.parent_id
    where p.hours_of_operation_id = any(${hoursIds}::uuid[]) order by p.position, h.id`.execute(db);
  const parents = new Map<string, { id: string; name: string }[]>();
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

/** Those that take over the overrides of the given hours, in the order of names; one more than the page. */
export function listChildren(db: Db | Tx, hoursId: string, page: NamePage) {
  return db
    .selectFrom('hours_of_operation_parent as p')
    .innerJoin('hours_of_operation as h', 'h.id', 'p.hours_of_operation_id')
    .select(['h.id', 'h.name'])
    .where('p.parent_id', '=', hoursId)
    .where(behind(page, sql.ref('h.name'), sql.ref('h.id')))
    .orderBy(sql`lower(h.name)`)
    .orderBy('h.id')
    .limit(page.size + 1)
    .execute();
}
