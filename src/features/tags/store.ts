import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../../database/db.ts';
import type { Tags } from '../../database/tables.ts';
import { resources } from '../../resources/resources.ts';
import type { TaggedResource } from './rules.ts';

/**
 * The column `tags`, which is the same in every table that has it. This store is about that column alone, so it goes
 * over the fences of the features, which would otherwise repeat the same statements ten times.
 */
function placeOf(type: TaggedResource['type']) {
  if (type === 'instance') return { table: 'instance', name: sql`coalesce(alias, id::text)`, owner: sql`id` };
  const { table, name } = resources[type];
  return { table, name: sql.ref(name), owner: sql`instance_id` };
}

export interface Tagged {
  readonly tags: Tags;
  /** As people know the resource: for the audit. */
  readonly name: string;
}

/** Null when the instance has no such resource. */
export async function findTagged(db: Db | Tx, instanceId: string, resource: TaggedResource): Promise<Tagged | null> {
  const { table, name, owner } = placeOf(resource.type);
  const { rows } = await sql<Tagged>`
    select tags, ${name} as name from ${sql.table(table)}
    where ${owner} = ${instanceId} and id = ${resource.id}`.execute(db);
  return rows[0] ?? null;
}

/** The same, kept from being changed or deleted by others until the transaction ends. */
export async function lockTagged(tx: Tx, instanceId: string, resource: TaggedResource): Promise<Tagged | null> {
  const { table, name, owner } = placeOf(resource.type);
  const { rows } = await sql<Tagged>`
    select tags, ${name} as name from ${sql.table(table)}
    where ${owner} = ${instanceId} and id = ${resource.id} for no key update`.execute(tx);
  return rows[0] ?? null;
}

export async function setTags(
  tx: Tx,
  resource: TaggedResource,
  tags: Readonly<Record<string, string>>,
  { now, region }: { readonly now: Date; readonly region: string },
): Promise<void> {
  const { table } = placeOf(resource.type);
  // An instance has no time of its last change.
  const modified =
    resource.type === 'instance' ? sql`` : sql`, last_modified_time = ${now}, last_modified_region = ${region}`;
  await sql`
    update ${sql.table(table)} set tags = ${JSON.stringify(tags)}::jsonb ${modified}
    where id = ${resource.id}`.execute(tx);
}

/** A table whose tags are searched, as `r`, and its rows that count. */
export interface SearchedTable {
  readonly table: string;
  readonly condition: RawBuilder<SqlBool>;
}

/** Each key with each value that it has, in alphabetical order, by a condition on `t.key` and `t.value`. */
export async function searchTags(
  db: Db,
  instanceId: string,
  tables: readonly SearchedTable[],
  condition: RawBuilder<SqlBool>,
  page: { readonly after: { readonly key: string; readonly value: string } | null; readonly limit: number },
): Promise<{ key: string; value: string }[]> {
  if (tables.length === 0) return [];
  const each = tables.map(
    ({ table, condition: counts }) => sql`
      select t.key, t.value from ${sql.table(table)} r, jsonb_each_text(r.tags) as t (key, value)
      where r.instance_id = ${instanceId} and ${counts} and ${condition}`,
  );
  const behind = page.after ? sql`where (t.key, t.value) > (${page.after.key}, ${page.after.value})` : sql``;
  const { rows } = await sql<{ key: string; value: string }>`
    select distinct t.key, t.value from (${sql.join(each, sql` union all `)}) as t ${behind}
    order by t.key, t.value limit ${page.limit}`.execute(db);
  return rows;
}
