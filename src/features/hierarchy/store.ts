import { sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';
import { behind, type NamePage } from '../../operations/name-paging.ts';

/** Top level first; levels that are not defined are not there. */
export function listLevels(db: Db | Tx, instanceId: string) {
  return db
    .selectFrom('hierarchy_level')
    .select(['level', 'id', 'name', 'last_modified_time', 'last_modified_region'])
    .where('instance_id', '=', instanceId)
    .orderBy('level')
    .execute();
}

/** In the order of names; one more than the page, to see whether another follows. */
export function listGroups(db: Db | Tx, instanceId: string, page: NamePage) {
  return db
    .selectFrom('hierarchy_group')
    .select(['id', 'name', 'last_modified_time', 'last_modified_region'])
    .where('instance_id', '=', instanceId)
    .where(behind(page))
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .limit(page.size + 1)
    .execute();
}

/** Every group of the instance. Connect's quota is 500 of them, so they are read as a whole. */
export function listAllGroups(db: Db | Tx, instanceId: string) {
  return db
    .selectFrom('hierarchy_group')
    .select(['id', 'name', 'level', 'parent_group_id as parentGroupId'])
    .where('instance_id', '=', instanceId)
    .execute();
}

export function findGroup(db: Db | Tx, instanceId: string, id: string) {
  return db
    .selectFrom('hierarchy_group as g')
    .leftJoin('hierarchy_level as l', (join) =>
      join.onRef('l.instance_id', '=', 'g.instance_id').onRef('l.level', '=', 'g.level'),
    )
    .selectAll('g')
    .select('l.id as level_id')
    .where('g.instance_id', '=', instanceId)
    .where('g.id', '=', id)
    .executeTakeFirst();
}

/** A group as it stands in a path. */
export interface PathStep {
  readonly id: string;
  readonly name: string;
  readonly level: number;
  readonly last_modified_time: Date;
  readonly last_modified_region: string;
}

/** The groups from the top down to this one, itself included. */
export async function pathTo(db: Db | Tx, instanceId: string, id: string): Promise<PathStep[]> {
  const { rows } = await sql<PathStep>`
    with recursive path as (
      select g.* from hierarchy_group g where g.instance_id = ${instanceId} and g.id = ${id}
      union all
      select g.* from hierarchy_group g join path on g.id = path.parent_group_id
    )
    select id, name, level, last_modified_time, last_modified_region from path order by level`.execute(db);
  return rows;
}

export interface NewHierarchyLevel {
  /** 1 (top) to 5. */
  readonly level: number;
  readonly id: string;
  readonly name: string;
}

/** Defines or renames levels; others stay as they are. */
export async function setHierarchyLevels(
  tx: Tx,
  instanceId: string,
  levels: readonly NewHierarchyLevel[],
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  if (levels.length === 0) return;
  const modified = { last_modified_time: now, last_modified_region: region };
  await tx
    .insertInto('hierarchy_level')
    .values(levels.map(({ level, id, name }) => ({ instance_id: instanceId, level, id, name, ...modified })))
    .onConflict((conflict) =>
      conflict.columns(['instance_id', 'level']).doUpdateSet({ name: (eb) => eb.ref('excluded.name'), ...modified }),
    )
    .execute();
}

export interface NewHierarchyGroup {
  readonly id: string;
  readonly instanceId: string;
  /** 1 (top) to 5; one more than the parent's. */
  readonly level: number;
  readonly parentGroupId: string | null;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

/** In any order: a parent may come in the same call as its children. */
export async function insertHierarchyGroups(tx: Tx, groups: readonly NewHierarchyGroup[]): Promise<void> {
  if (groups.length === 0) return;
  await tx
    .insertInto('hierarchy_group')
    .values(
      groups.map((made) => ({
        id: made.id,
        instance_id: made.instanceId,
        level: made.level,
        parent_group_id: made.parentGroupId,
        name: made.name,
        tags: JSON.stringify(made.tags ?? {}),
        last_modified_time: made.now,
        last_modified_region: made.region,
      })),
    )
    .execute();
}
