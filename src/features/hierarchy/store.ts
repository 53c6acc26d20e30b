import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { shownName } from '../../access/shown-names.ts';
import { countRows } from '../../database/count.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Tags } from '../../database/tables.ts';
import { isUniqueViolation } from '../../database/transaction.ts';
import { duplicate } from '../../operations/errors.ts';
import { type Found, pageByName } from '../../operations/name-lists.ts';
import type { NamePage } from '../../operations/name-paging.ts';

/** Top level first; levels that are not defined are not there. */
export function listLevels(db: Db | Tx, instanceId: string) {
  return db
    .selectFrom('hierarchy_level')
    .select([
      'level',
      'id',
      'name',
      'last_modified_time as lastModifiedTime',
      'last_modified_region as lastModifiedRegion',
    ])
    .where('instance_id', '=', instanceId)
    .orderBy('level')
    .execute();
}

/** Every group of a condition on the bare table. Connect's quota is 500 of them, so they are read as a whole. */
export function listAllGroups(db: Db | Tx, instanceId: string, condition: RawBuilder<SqlBool>) {
  return db
    .selectFrom('hierarchy_group')
    .select(['id', 'name', 'level', 'parent_group_id as parentGroupId'])
    .where('instance_id', '=', instanceId)
    .where(condition)
    .execute();
}

/** A group as operations show it. */
export interface FoundGroup {
  readonly id: string;
  readonly name: string;
  /** The level's number as text, `1` (top) to `5`; `0` for the root. */
  readonly levelId: string;
  readonly tags: Tags;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/**
 * The groups of an instance as `g`, for conditions on id, name, level_id, parent_id and tags. With them comes the root
 * that Connect's search shows: no user made it, its level has the id 0, and the groups of the first level are below it.
 * It has no row; the instance's id serves as its own.
 */
const groupsAndRoot = (instanceId: string) => sql`(
  select h.id, h.name, h.level::text as level_id, coalesce(h.parent_group_id, h.instance_id) as parent_id, h.tags,
    h.last_modified_time, h.last_modified_region
  from hierarchy_group h
  where h.instance_id = ${instanceId}
  union all
  select i.id, 'Root', '0', null, '{}'::jsonb, i.created_time, i.region from instance i where i.id = ${instanceId}
) g`;

const foundGroups = (instanceId: string) => sql`
  select g.id, g.name, g.level_id as "levelId", g.tags, g.last_modified_time as "lastModifiedTime",
    g.last_modified_region as "lastModifiedRegion"
  from ${groupsAndRoot(instanceId)}`;

/** Undefined when the instance has no such group. The root cannot be named. */
export async function findGroup(db: Db | Tx, instanceId: string, id: string): Promise<FoundGroup | undefined> {
  const { rows } = await sql<FoundGroup>`
    ${foundGroups(instanceId)} where g.id = ${id} and g.level_id <> '0'`.execute(db);
  return rows[0];
}

/** The condition is on `g` (`groupsAndRoot`). */
export async function searchGroups(
  db: Db,
  instanceId: string,
  condition: RawBuilder<SqlBool>,
  page: NamePage,
): Promise<Found<FoundGroup>> {
  const columns = { name: sql.ref<string>('g.name'), id: sql.ref<string>('g.id') };
  const query = sql`${foundGroups(instanceId)} where ${condition}`;
  const [listed, count] = await Promise.all([
    pageByName<FoundGroup, FoundGroup>(db, page, query, (group) => group, columns),
    countRows(db, sql`from ${groupsAndRoot(instanceId)} where ${condition}`),
  ]);
  return { ...listed, count };
}

/** A group as it stands in a path. */
export interface PathStep {
  readonly id: string;
  /** Null when the caller may not be told. */
  readonly name: string | null;
  readonly level: number;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/** For each of the groups, the groups from the top down to it, itself included. */
export async function pathsTo(
  db: Db | Tx,
  instanceId: string,
  access: Access,
  ids: readonly string[],
): Promise<Map<string, PathStep[]>> {
  const { rows } = await sql<PathStep & { leaf: string }>`
    with recursive step as (
      select g.id as leaf, g.id, g.parent_group_id from hierarchy_group g
      where g.instance_id = ${instanceId} and g.id = any(${ids}::uuid[])
      union all
      select step.leaf, g.id, g.parent_group_id from hierarchy_group g join step on g.id = step.parent_group_id
    )
    select step.leaf, g.id, ${shownName(access, 'agent-group', 'g')} as name, g.level,
      g.last_modified_time as "lastModifiedTime", g.last_modified_region as "lastModifiedRegion"
    from step join hierarchy_group g on g.id = step.id order by g.level`.execute(db);
  const paths = new Map<string, PathStep[]>();
  for (const { leaf, ...step } of rows) paths.set(leaf, [...(paths.get(leaf) ?? []), step]);
  return paths;
}

export interface NewHierarchyLevel {
  /** 1 (top) to 5. */
  readonly level: number;
  readonly id: string;
  readonly name: string;
}

/** Takes away the levels below the given one. */
export async function deleteHierarchyLevels(tx: Tx, instanceId: string, lastKept: number): Promise<void> {
  await tx.deleteFrom('hierarchy_level').where('instance_id', '=', instanceId).where('level', '>', lastKept).execute();
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

/**
 * In any order: a parent may come in the same call as its children.
 * @throws DuplicateResourceException for a name that is there under the same parent
 */
export async function insertHierarchyGroups(tx: Tx, groups: readonly NewHierarchyGroup[]): Promise<void> {
  if (groups.length === 0) return;
  await namingDuplicates(
    tx
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
      .execute(),
  );
}

/** @throws DuplicateResourceException for a name that is there under the same parent */
export async function renameHierarchyGroup(
  tx: Tx,
  id: string,
  name: string,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  await namingDuplicates(
    tx
      .updateTable('hierarchy_group')
      .set({ name, last_modified_time: now, last_modified_region: region })
      .where('id', '=', id)
      .execute(),
  );
}

async function namingDuplicates<T>(statement: Promise<T>): Promise<T> {
  try {
    return await statement;
  } catch (error) {
    const taken = ['hierarchy_group_name_key', 'hierarchy_group_top_name_key'];
    if (!taken.some((constraint) => isUniqueViolation(error, constraint))) throw error;
    throw duplicate('A hierarchy group of this name is under the same parent already. Choose another name.');
  }
}

export interface LockedGroup {
  readonly id: string;
  readonly name: string;
  readonly level: number;
  readonly parentGroupId: string | null;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * Undefined when the instance has no such group. A `key share` keeps it from being deleted, which is what everybody
 * takes who puts a user or a group into it; `update` waits for all of those and keeps new ones away.
 */
export async function lockGroup(
  tx: Tx,
  instanceId: string,
  id: string,
  strength: 'key share' | 'no key update' | 'update',
): Promise<LockedGroup | undefined> {
  const { rows } = await sql<LockedGroup>`
    select id, name, level, parent_group_id as "parentGroupId", tags from hierarchy_group
    where instance_id = ${instanceId} and id = ${id} for ${sql.raw(strength)}`.execute(tx);
  return rows[0];
}

/** What keeps a group from being deleted. Under the lock for `update` the answer holds. */
export async function contentsOfGroup(tx: Tx, id: string): Promise<{ hasUsers: boolean; hasGroups: boolean }> {
  const { rows } = await sql<{ hasUsers: boolean; hasGroups: boolean }>`
    select exists (select 1 from users where hierarchy_group_id = ${id}) as "hasUsers",
      exists (select 1 from hierarchy_group where parent_group_id = ${id}) as "hasGroups"`.execute(tx);
  return rows[0] ?? { hasUsers: false, hasGroups: false };
}

export async function deleteHierarchyGroup(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('hierarchy_group').where('id', '=', id).execute();
}

/** The levels that have groups. Under `lockInstance` the answer holds. */
export async function levelsWithGroups(tx: Tx, instanceId: string): Promise<Set<number>> {
  const rows = await tx
    .selectFrom('hierarchy_group')
    .select('level')
    .distinct()
    .where('instance_id', '=', instanceId)
    .execute();
  return new Set(rows.map(({ level }) => level));
}
