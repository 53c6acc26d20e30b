import type { PermissionId } from './permissions.ts';

export const seesProfiles: readonly PermissionId[] = ['SecurityProfiles.View', 'SecurityProfiles.Edit'];

/** The names stand in the drop-down of whoever looks at a user. */
export const seesProfileNames: readonly PermissionId[] = [
  ...seesProfiles,
  'Users.View',
  'Users.Edit',
  'Users.EditPermission',
  'Users.Create',
];
