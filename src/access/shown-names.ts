import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Db, Tx } from '../database/db.ts';
import type { Instance } from '../operations/instance.ts';
import { isRestrictable, type NamedType, resources, wordFor } from '../resources/resources.ts';
import type { Access } from './access-control.ts';
import type { PermissionId } from './permissions.ts';

/**
 * The one rule for the names of what an answer or a message mentions besides its own subject: a caller is told the name
 * of whatever the list of its kind would show them (`seesNames` in resources/), and of nothing else. An id is no secret,
 * so it stays.
 */

/** Whether the row under the alias may be named to the caller; never null. */
export function mayBeNamed(
  access: Access,
  type: NamedType,
  alias: string,
  permissions: readonly PermissionId[] = resources[type].seesNames,
): RawBuilder<SqlBool> {
  if (!access.holds(permissions)) return sql`false`;
  if (!isRestrictable(type) || access.limits(type, permissions) === null) return sql`true`;
  return sql`coalesce((${access.within(type, alias, permissions)}), false)`;
}

/** The name of the row under the alias, null when the caller may not be told. */
export function shownName(access: Access, type: NamedType, alias: string): RawBuilder<string | null> {
  return sql`case when ${mayBeNamed(access, type, alias)} then ${sql.ref(`${alias}.${resources[type].name}`)} end`;
}

/**
 * Whether a queue may be told as one that offers a quick connect. What a queue offers belongs to the queue: it is not
 * among what the form of a quick connect shows, so that the permissions for the names in that form are not enough.
 */
export function mayBeNamedAsOffering(access: Access, alias: string): RawBuilder<SqlBool> {
  return mayBeNamed(access, 'queue', alias, resources.queue.sees);
}

/** The names of those of the ids that may be named to the caller. */
export async function shownNames(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  type: NamedType,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const { table, name } = resources[type];
  const { rows } = await sql<{ id: string; name: string }>`
    select r.id, ${sql.ref(`r.${name}`)} as name from ${sql.table(table)} r
    where r.instance_id = ${instance.id} and r.id = any(${ids}::uuid[]) and ${mayBeNamed(access, type, 'r')}`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Those of the ids that are there and may not be named to the caller. */
export async function unnamed(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  type: NamedType,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select r.id from ${sql.table(resources[type].table)} r
    where r.instance_id = ${instance.id} and r.id = any(${ids}::uuid[])
      and not ${mayBeNamed(access, type, 'r')}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** For messages about what is in the way: `the queue "Support", the quick connect 4f1c…`, in the order given. */
export async function inWords(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  things: readonly { readonly type: NamedType; readonly id: string }[],
): Promise<string> {
  const names = new Map<string, string>();
  for (const type of new Set(things.map((thing) => thing.type))) {
    const ids = things.filter((thing) => thing.type === type).map(({ id }) => id);
    for (const [id, name] of await shownNames(db, instance, access, type, ids)) names.set(id, `"${name}"`);
  }
  return things.map(({ type, id }) => `the ${wordFor(type)} ${names.get(id) ?? id}`).join(', ');
}

/**
 * Whether every user may be named to the caller. Only then are those named who are gone, or whom nobody looks up any
 * more: their tags and groups went with them, so that nobody can tell who reached them.
 */
export function namesEverybody(access: Access): boolean {
  return namesAll(access, 'agent');
}

/** The same for another kind, of which the history has names as they were. */
export function namesAll(access: Access, type: NamedType): boolean {
  const permissions = resources[type].seesNames;
  return access.holds(permissions) && (!isRestrictable(type) || access.limits(type, permissions) === null);
}
