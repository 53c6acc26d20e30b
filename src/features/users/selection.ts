import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';
import type { Instance } from '../instances/types.ts';
import type { Access } from '../security-profiles/access-control.ts';
import { mayBeNamed } from '../security-profiles/shown-names.ts';
import type { EntryFailure, ListEntry, ListKind } from './list-entries.ts';
import { findNamedUsers } from './named-users.ts';
import { type UserSearch, userSearchCondition } from './search.ts';

/** Which users are meant: those of a list, or whoever a search finds at the moment that it is run. */
export type UserSelection =
  | { readonly kind: ListKind; readonly entries: readonly ListEntry[] }
  | { readonly kind: 'SEARCH'; readonly search: UserSearch };

/**
 * A user that is meant. What the instance does not have is in it too, with `present` false. Of somebody who may not be
 * named to the caller, no more is known than what the caller said, and the id.
 */
export interface SelectedUser {
  /** From 1, in the order in which they were named; of a search in that of logins. */
  readonly position: number;
  /** Also of somebody who was deleted before. Null for what stands for nobody. */
  readonly userId: string | null;
  readonly username: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly present: boolean;
  /** Whether they may be named to the caller, or the caller said the id that stands here. */
  readonly told: boolean;
  /** What the list says, where it is neither the id nor the login that stands here. */
  readonly given: string | null;
  /** Whether the list says the login in another case: somebody should look at it. */
  readonly caseDiffers: boolean;
  /** Why an entry stands for nobody. */
  readonly failure: EntryFailure | null;
}

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
