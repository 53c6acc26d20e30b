import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from '../../operations/define-operation.ts';
import type { Instance } from '../instances/types.ts';
import type { Access } from '../security-profiles/access-control.ts';
import { type UserSearch, userSearchCondition } from './search.ts';

/** Which users are meant: by id, by login, or whoever a search finds at the moment that it is run. */
export type UserSelection =
  | { readonly kind: 'IDS'; readonly ids: readonly string[] }
  | { readonly kind: 'USERNAMES'; readonly usernames: readonly string[] }
  | { readonly kind: 'SEARCH'; readonly search: UserSearch };

/**
 * A user that is meant. What the instance does not have is in it too, with `present` false. Of somebody whom the caller
 * does not reach, no more is known than what the caller said.
 */
export interface SelectedUser {
  /** From 1, in the order in which they were named; that of logins for a search. */
  readonly position: number;
  readonly userId: string | null;
  readonly username: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly present: boolean;
}

/**
 * The selected users as a subquery with the columns position, user_id, username, first_name, last_name and present, so
 * that 100,000 of them never leave the database. A search gives `limit` rows at most, and only users whom the caller
 * reaches.
 */
export function selectedUsers(
  instance: Instance,
  selection: UserSelection,
  access: Access,
  limit: number,
): RawBuilder<unknown> {
  const limited = access.limits('agent') !== null;
  const shown = (column: string) => {
    const name = sql.ref(`u.${column}`);
    return limited ? sql`case when ${access.within('agent', 'u')} then ${name} end as ${sql.ref(column)}` : name;
  };
  switch (selection.kind) {
    case 'IDS':
      return sql`(
        select t.position::int as position, t.id as user_id, ${shown('username')}, ${shown('first_name')},
          ${shown('last_name')}, u.id is not null as present
        from unnest(${selection.ids}::uuid[]) with ordinality as t (id, position)
          left join users u on u.id = t.id and u.instance_id = ${instance.id})`;
    case 'USERNAMES':
      // What stands for nobody keeps no id: whoever gets this login later is somebody else.
      return sql`(
        select t.position::int as position, u.id as user_id, t.username, ${shown('first_name')}, ${shown('last_name')},
          u.id is not null as present
        from unnest(${selection.usernames}::text[]) with ordinality as t (username, position)
          left join users u on u.username = t.username and u.instance_id = ${instance.id})`;
    case 'SEARCH':
      return sql`(
        select (row_number() over (order by lower(u.username), u.id))::int as position, u.id as user_id, u.username,
          u.first_name, u.last_name, true as present
        from users u where ${userSearchCondition(instance, selection.search, access)}
        order by lower(u.username), u.id
        limit ${limit})`;
  }
}

/** The selected users themselves, in their order. */
export async function listSelectedUsers(
  db: Db | Tx,
  instance: Instance,
  selection: UserSelection,
  access: Access,
  limit: number,
): Promise<SelectedUser[]> {
  const { rows } = await sql<SelectedUser>`
    select s.position, s.user_id as "userId", s.username, s.first_name as "firstName", s.last_name as "lastName",
      s.present
    from ${selectedUsers(instance, selection, access, limit)} s order by s.position`.execute(db);
  return rows;
}
