import { createHash } from 'node:crypto';
import { type Constraints, items, length } from '../../operations/constraints.ts';
import { invalidParameter } from '../../operations/errors.ts';
import type { Instance } from '../../operations/instance.ts';
import { connect, list, nested, string, structure } from '../../operations/shapes.ts';
import { type ListEntry, type ListKind, listMembers, readEntry } from '../users/list-entries.ts';
import { type UserSearch, userSearchConstraints } from '../users/search/condition.ts';
import type { UserSelection } from '../users/selection.ts';

/** Records in one batch at most. */
export const mostRecords = 100_000;

/** The members of every request that says which users it means. */
export const selectionMembers = {
  UserIds: list(string()),
  Usernames: list(string()),
  Emails: list(string()),
  Search: nested(
    structure({
      SearchFilter: connect<NonNullable<UserSearch['SearchFilter']>>('UserSearchFilter'),
      SearchCriteria: connect<NonNullable<UserSearch['SearchCriteria']>>('UserSearchCriteria'),
    }),
  ),
} as const;

/** No id, login or e-mail address comes near it, with whatever a list has put around. */
const entryLength = { ...length(0, 500), anyText: true as const };
export const selectionConstraints = {
  ...userSearchConstraints,
  // None at all is refused in words of its own.
  UserIds: items(0, mostRecords),
  Usernames: items(0, mostRecords),
  Emails: items(0, mostRecords),
  'UserIds[]': entryLength,
  'Usernames[]': entryLength,
  'Emails[]': entryLength,
} satisfies Constraints;

interface Given {
  readonly UserIds?: readonly string[] | undefined;
  readonly Usernames?: readonly string[] | undefined;
  readonly Emails?: readonly string[] | undefined;
  readonly Search?: UserSearch | undefined;
}

/**
 * What the request means. An entry of a list that cannot be read takes nobody along: it is a record that fails.
 * @throws InvalidParameterException when it is none or several of the four, empty or too long
 */
export function selectionOf(given: Given, instance: Instance): UserSelection {
  const { UserIds, Usernames, Emails, Search } = given;
  const members = Object.entries({ UserIds, Usernames, Emails, Search });
  const present = members.filter(([, value]) => value !== undefined && value !== null).map(([name]) => name);
  if (present.length !== 1) {
    const what = present.length === 0 ? 'None of them was given' : `${present.join(' and ')} were given`;
    throw invalidParameter(`Say which users: give exactly one of UserIds, Usernames, Emails and Search. ${what}.`);
  }
  if (UserIds) return listOf('IDS', UserIds, instance);
  if (Usernames) return listOf('USERNAMES', Usernames, instance);
  if (Emails) return listOf('EMAILS', Emails, instance);
  return { kind: 'SEARCH', search: Search ?? {} };
}

function listOf(kind: ListKind, given: readonly string[], instance: Instance): UserSelection {
  const member = listMembers[kind];
  if (given.length === 0) throw invalidParameter(`${member} is empty: name at least one user.`);
  const entries: ListEntry[] = [];
  const read = new Set<string>();
  for (const [index, text] of given.entries()) {
    const entry = readEntry(kind, text, index + 1, instance);
    if (!entry.failure) {
      if (read.has(entry.text)) continue;
      read.add(entry.text);
    }
    entries.push(entry);
  }
  return { kind, entries };
}

export function tooMany(what: string): Error {
  return invalidParameter(`${what}; a user batch takes ${mostRecords} at most. Make several batches of it.`);
}

/**
 * Tells whether a client token is used again for the same request. The order of ids does not matter; a search is
 * compared as it was asked, for by then it may find nobody.
 */
export function hashOf(selection: UserSelection, instructions: object): string {
  const users =
    selection.kind === 'SEARCH' ? sorted(selection.search) : selection.entries.map(({ text }) => text).sort();
  return createHash('sha256')
    .update(JSON.stringify([selection.kind, users, sorted(instructions)]))
    .digest('hex');
}

/** The same with the members of every object in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, sorted(member)]));
}
