import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Change } from '../audit/change.ts';
import type { Db, Tx } from '../database/db.ts';
import { accessDenied } from '../operations/errors.ts';
import type { Instance } from '../operations/instance.ts';
import type { ReadRequest } from '../operations/named-resources.ts';
import { type RestrictableType, resources, restrictableTypes, wordFor } from '../resources/resources.ts';
import { type Access, inWords } from './access-control.ts';

/**
 * Access control where every call comes through: before the handler, whatever the request names must be within the
 * caller's limits; after it, whatever was written must still be. So a new operation on a user or a queue is covered by
 * what resources/ declares; only lists have to put `access.within` into their condition.
 *
 * What is outside is denied, not "not found": an id is no secret and tells nothing, and an administrator who is denied
 * knows what to do. What does not exist stays for the handler to say.
 */

/** Those that exist and lie outside of the limits. The column `tags`, like the limits themselves, is in every table. */
export async function outside(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  type: RestrictableType,
  ids: readonly string[],
): Promise<string[]> {
  if (ids.length === 0 || access.limits(type) === null) return [];
  const { rows } = await sql<{ id: string }>`
    select r.id from ${sql.table(resources[type].table)} r
    where r.instance_id = ${instance.id} and r.id = any(${ids}::uuid[]) and (${access.within(type, 'r')}) is not true
    order by r.id`.execute(db);
  return rows.map((row) => row.id);
}

/**
 * Whether what a column names is within reach: for searches by the id of something else, which must not tell what lies
 * outside, and may be given a part of an id.
 */
export function reaches(access: Access, type: RestrictableType, column: RawBuilder<string>): RawBuilder<SqlBool> {
  if (access.limits(type) === null) return sql<SqlBool>`true`;
  return sql<SqlBool>`exists (
    select 1 from ${sql.table(resources[type].table)} reached where reached.id = ${column} and ${access.within(type, 'reached')})`;
}

/** @throws AccessDeniedException when one of them exists and lies outside of the limits */
async function requireWithin(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  type: RestrictableType,
  ids: readonly string[],
): Promise<void> {
  const [denied] = await outside(db, instance, access, type, ids);
  if (denied === undefined) return;
  throw accessDenied(
    `Your security profiles do not let you reach the ${wordFor(type)} ${denied}: you reach ${reachable(access, type)}.`,
  );
}

/** @throws AccessDeniedException when the request names something outside of the limits */
export async function requireNamedWithin(
  db: Db | Tx,
  instance: Instance,
  access: Access,
  named: ReadRequest['named'],
): Promise<void> {
  for (const type of restrictableTypes) await requireWithin(db, instance, access, type, named.get(type) ?? []);
  // The AGENT queue of a user has the user's id, so whoever names a queue may mean a user.
  await requireWithin(db, instance, access, 'agent', named.get('queue') ?? []);
}

/**
 * A resource that a caller makes or changes must be one that they reach afterwards. Amazon Connect demands the access
 * control tags on what a limited person makes; that a change may not shed them is inferred from it.
 * @throws AccessDeniedException
 */
export async function requireWrittenWithin(
  tx: Tx,
  instance: Instance,
  access: Access,
  changes: readonly Change[],
): Promise<void> {
  for (const type of restrictableTypes) {
    const ids = changes
      .filter(({ change, resourceType }) => change !== 'DELETED' && resourceType === type)
      .map(({ resourceId }) => resourceId);
    const [denied] = await outside(tx, instance, access, type, ids);
    if (denied === undefined) continue;
    throw accessDenied(
      `This would put the ${wordFor(type)} out of your reach: your security profiles let you reach ${reachable(access, type)}.`,
    );
  }
}

/** The end of "you reach …". */
export function reachable(access: Access, type: RestrictableType): string {
  const limits = access.limits(type);
  if (!limits) return 'all';
  return limits.length > 0 ? `only those ${inWords(limits)}` : 'none';
}
