import { kind } from './kind.ts';

export const user = kind({
  words: ['user', 'users'],
  table: 'users',
  name: 'username',
  // Whoever may see quick connects may see the users that they can point at.
  seesNames: ['Users.View', 'TransferDestinations.View'],
  restrictedAs: 'User',
  tags: { view: ['Users.View', 'Users.Edit'], edit: 'Users.Edit', searchedAs: 'agent' },
  members: ['UserId', 'UserIds', 'EntityArn', 'AgentIds', 'Filters.Agents'],
  filterKeys: ['AGENT'],
  foundBy: ['SearchUsers', 'SearchUserDetails', 'DownloadUsers', 'PreviewUserDeletion', 'StartUserDeletion'],
});
