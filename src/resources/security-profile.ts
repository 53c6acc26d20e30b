import { kind } from './kind.ts';

const sees = ['SecurityProfiles.View', 'SecurityProfiles.Edit'] as const;

export const securityProfile = kind({
  words: ['security profile', 'security profiles'],
  table: 'security_profile',
  name: 'name',
  sees,
  // The names stand in the drop-down of whoever looks at a user.
  seesNames: [...sees, 'Users.View', 'Users.Edit', 'Users.EditPermission', 'Users.Create'],
  restrictedAs: 'SecurityProfile',
  tags: { view: sees, edit: 'SecurityProfiles.Edit', searchedAs: 'security-profile' },
  quota: 100,
  members: ['SecurityProfileId', 'SecurityProfileIds', 'SecurityProfiles.Id'],
  searchedBy: ['securityProfileId'],
  foundBy: ['SearchSecurityProfiles'],
});
