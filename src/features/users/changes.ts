import { isDeepStrictEqual } from 'node:util';
import { type Change, creationOf, updateOf } from '../../audit/change.ts';
import { type ColumnMember, capitalized, columns } from './columns.ts';
import type { NewUser, User, UserSettings } from './types.ts';

const members: readonly (keyof UserSettings)[] = [...(Object.keys(columns) as ColumnMember[]), 'securityProfileIds'];

/** What shall be and is not so yet: empty when nothing changes. */
export function difference(user: User, wanted: Partial<UserSettings>): Partial<UserSettings> {
  const changed = members.filter(
    (member) => wanted[member] !== undefined && !isDeepStrictEqual(user[member], wanted[member]),
  );
  return Object.fromEntries(changed.map((member) => [member, wanted[member]]));
}

/** For the audit: each changed member with the value that it had and the one that it has. */
export function updatedUser(user: User, changed: Partial<UserSettings>): Change {
  const changes = members
    .filter((member) => Object.hasOwn(changed, member))
    .map((member) => [capitalized(member), { Old: user[member], New: changed[member] }]);
  return updateOf('agent', { id: user.id, name: user.username }, Object.fromEntries(changes));
}

/** For the audit: what the user began with. Member by member, so that a password can never be among it. */
export function createdUser(user: NewUser): Change {
  const given = members.map((member) => [capitalized(member), user[member]]);
  return creationOf('agent', { id: user.id, name: user.username }, { ...Object.fromEntries(given), Tags: user.tags });
}
