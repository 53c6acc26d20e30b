import type { BatchSelection, UserRow } from '../../api/types.ts';
import type { Selection } from '../../components/selection.ts';
import { toSearch, type UserFilter } from './user-list-state.ts';

export type UserSelection = Selection<UserRow, UserFilter>;

export function toBatchSelection(selection: UserSelection): BatchSelection {
  return selection.kind === 'ROWS' ? { UserIds: [...selection.rows.keys()] } : { Search: toSearch(selection.filter) };
}

/** Login by id of the users that were ticked one by one. */
export function loginsOf(selection: UserSelection): ReadonlyMap<string, string> {
  const users = selection.kind === 'ROWS' ? [...selection.rows.values()] : [];
  return new Map(users.map((user) => [user.Id, user.Username]));
}
