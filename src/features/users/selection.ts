import { type RawBuilder, sql } from 'kysely';
import type { Access } from '../../access/access-control.ts';
import { mayBeNamed } from '../../access/shown-names.ts';
import type { Db, Tx } from '../../database/db.ts';
import type { Instance } from '../../operations/instance.ts';
import type { ListEntry, ListKind } from './list-entries.ts';
import { findNamedUsers } from './named-users.ts';
import { type UserSearch, userSearchCondition } from './search/condition.ts';
import type { SelectedUser } from './selected-user.ts';

/** Which users are meant: those of a list, or whoever a search finds at the moment that it is run. */
export type UserSelection =
  | { readonly kind: ListKind; readonly entries: readonly ListEntry[] }
  | { readonly kind: 'SEARCH'; readonly search: UserSearch };

/**
 * Whoever a search finds, the caller reaches and may be told of, as a subquery, so that 100,000 of them never leave the
 * database. Conditions on somebody who may not be named would tell their name, letter by letter, by whether they match.
 */
export function usersFound(
  instance: Instance,
  search: UserSearch,
  access: Access,
  limit: number,
  order: keyof typeof orders,
): RawBuilder<unknown> {
  return sql`(
    select (row_number() over (order by ${orders[order]}))::int as position, u.id as user_id,
      u.username, u.first_name, u.last_name
    from users u where ${userSearchCondition(instance, search, access)} and ${mayBeNamed(access, 'agent', 'u')}
    order by ${orders[order]}
    limit ${limit})`;
}

/**
 * A preview is for the caller, who may be told of all of them. A batch is read by others too, and whoever watches who is
 * deleted when learns its order even without its results: ids tell nothing.
 */
const orders = { LOGIN: sql`lower(u.username), u.id`, ID: sql`u.id` } as const;

/** The selected users themselves, in their order; of a search `limit` at most. */
export async function listSelectedUsers(
  db: Db | Tx,
  instance: Instance,
  selection: UserSelection,
  access: Access,
  limit: number,
): Promise<SelectedUser[]> {
  if (selection.kind !== 'SEARCH') return findNamedUsers(db, instance, selection.kind, selection.entries, access);
  const { rows } = await sql<SelectedUser>`
    select s.position, s.user_id as "userId", s.username, s.first_name as "firstName", s.last_name as "lastName",
      true as present, true as told, null as given, false as "caseDiffers", null as failure
    from ${usersFound(instance, selection.search, access, limit, 'LOGIN')} s order by s.position`.execute(db);
  return rows;
}
