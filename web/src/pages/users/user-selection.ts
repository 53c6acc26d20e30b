import { useSyncExternalStore } from 'react';
import type { BatchSelection, UserRow, UserSearch } from '../../api/types.ts';

/** Single users, kept over pages and filters; or everybody whom a search finds. */
export type UserSelection =
  | { readonly kind: 'USERS'; readonly users: ReadonlyMap<string, UserRow> }
  | { readonly kind: 'SEARCH'; readonly search: UserSearch; readonly count: number };

export const nobody: UserSelection = { kind: 'USERS', users: new Map() };

export const selectedCount = (selection: UserSelection): number =>
  selection.kind === 'USERS' ? selection.users.size : selection.count;

/** The rows of a page that are ticked. */
export function selectedOf(selection: UserSelection, rows: readonly UserRow[]): UserRow[] {
  return selection.kind === 'SEARCH' ? [...rows] : rows.filter((row) => selection.users.has(row.Id));
}

/**
 * After ticking and unticking on a page. What is chosen on other pages stays, but a selection of everybody becomes one of
 * this page: no search says "all but these".
 */
export function selectOnPage(
  selection: UserSelection,
  rows: readonly UserRow[],
  chosen: readonly UserRow[],
): UserSelection {
  const users = new Map(selection.kind === 'USERS' ? selection.users : []);
  for (const row of rows) users.delete(row.Id);
  for (const row of chosen) users.set(row.Id, row);
  return { kind: 'USERS', users };
}

/** "Everybody who matches" means the filter that was in sight; under another filter it would say something else. */
export function afterFilterChange(selection: UserSelection): UserSelection {
  return selection.kind === 'SEARCH' ? nobody : selection;
}

/** What counts under the filter in sight: the address may say another one by now, for who went back. */
export function selectionUnder(selection: UserSelection, search: UserSearch): UserSelection {
  const same = selection.kind === 'USERS' || JSON.stringify(selection.search) === JSON.stringify(search);
  return same ? selection : nobody;
}

/** Whether to offer everybody who matches: the whole page is ticked, and there are more. */
export function offersAll(selection: UserSelection, rows: readonly UserRow[], total: number): boolean {
  return (
    selection.kind === 'USERS' &&
    rows.length > 0 &&
    total > rows.length &&
    rows.every((row) => selection.users.has(row.Id))
  );
}

export function toBatchSelection(selection: UserSelection): BatchSelection {
  return selection.kind === 'USERS' ? { UserIds: [...selection.users.keys()] } : { Search: selection.search };
}

/** Login by id of the users that were ticked one by one. */
export function loginsOf(selection: UserSelection): ReadonlyMap<string, string> {
  const users = selection.kind === 'USERS' ? [...selection.users.values()] : [];
  return new Map(users.map((user) => [user.Id, user.Username]));
}

// Outside of the page, so that opening a user and coming back does not lose forty ticks.
let current: UserSelection = nobody;
const listeners = new Set<() => void>();

export function setUserSelection(next: UserSelection): void {
  current = next;
  for (const listener of listeners) listener();
}

export function useUserSelection(): UserSelection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}
