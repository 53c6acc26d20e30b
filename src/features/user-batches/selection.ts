import { createHash } from 'node:crypto';
import { idIn } from '../../operations/arn.ts';
import { invalidParameter } from '../../operations/errors.ts';
import { connect, list, nested, string, structure } from '../../operations/shapes.ts';
import type { Instance } from '../instances/types.ts';
import type { UserSearch } from '../users/search.ts';
import type { UserSelection } from '../users/selection.ts';
import type { DeletionInstructions } from './types.ts';

/** Records in one batch at most. */
export const mostRecords = 100_000;

/** The members of every request that says which users it means. */
export const selectionMembers = {
  UserIds: list(string()),
  Usernames: list(string()),
  Search: nested(
    structure({
      SearchFilter: connect<NonNullable<UserSearch['SearchFilter']>>('UserSearchFilter'),
      SearchCriteria: connect<NonNullable<UserSearch['SearchCriteria']>>('UserSearchCriteria'),
    }),
  ),
} as const;

interface Given {
  readonly UserIds?: readonly string[] | undefined;
  readonly Usernames?: readonly string[] | undefined;
  readonly Search?: UserSearch | undefined;
}

/**
 * What the request means, every user once, in the order of first mention.
 * @throws InvalidParameterException when it is none or several of the three, empty, too long, or an id is none;
 *   ResourceNotFoundException for an ARN of another instance, Region or account: whoever sends one means to be elsewhere.
 */
export function selectionOf(given: Given, instance: Instance): UserSelection {
  const members = Object.entries({ UserIds: given.UserIds, Usernames: given.Usernames, Search: given.Search });
  const present = members.filter(([, value]) => value !== undefined && value !== null).map(([name]) => name);
  if (present.length !== 1) {
    const what = present.length === 0 ? 'None of them was given' : `${present.join(' and ')} were given`;
    throw invalidParameter(`Say which users: give exactly one of UserIds, Usernames and Search. ${what}.`);
  }
  if (given.UserIds) {
    const ids = each('UserIds', given.UserIds, (text) => idIn(text, 'agent', instance));
    return { kind: 'IDS', ids };
  }
  if (given.Usernames) return { kind: 'USERNAMES', usernames: each('Usernames', given.Usernames, usernameIn) };
  return { kind: 'SEARCH', search: given.Search ?? {} };
}

function each(member: string, given: readonly string[], read: (text: string) => string): string[] {
  if (given.length === 0) throw invalidParameter(`${member} is empty: name at least one user.`);
  const distinct = [...new Set(given.map(read))];
  if (distinct.length > mostRecords) throw tooMany(`${member} names ${distinct.length} users`);
  return distinct;
}

export function tooMany(what: string): Error {
  return invalidParameter(`${what}; a user batch takes ${mostRecords} at most. Make several batches of it.`);
}

function usernameIn(text: string): string {
  // PostgreSQL keeps no NUL in text, so nobody can have such a login.
  if (text.length === 0 || [...text].length > 100 || text.includes('\0')) {
    throw invalidParameter('Each of Usernames must be a login of 1 to 100 characters.');
  }
  return text;
}

/**
 * Tells whether a client token is used again for the same request. The order of ids does not matter; a search is
 * compared as it was asked, for by then it may find nobody.
 */
export function hashOf(selection: UserSelection, instructions: DeletionInstructions): string {
  const users =
    selection.kind === 'IDS'
      ? [...selection.ids].sort()
      : selection.kind === 'USERNAMES'
        ? [...selection.usernames].sort()
        : sorted(selection.search);
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
