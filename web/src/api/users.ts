import { queryOptions } from '@tanstack/react-query';
import { call, fetchFile } from './client.ts';
import type { InputTo, OutputOf } from './operations.ts';

export type UserDetailsRequest = InputTo<'SearchUserDetails'>;

export const searchUserDetails = (request: UserDetailsRequest, signal?: AbortSignal) =>
  call('SearchUserDetails', request, { signal });

/** The users of a search, or of these ids. */
export const downloadUsers = (request: InputTo<'DownloadUsers'>, signal: AbortSignal) =>
  fetchFile('DownloadUsers', request, { signal });

export type DescribedUser = NonNullable<OutputOf<'DescribeUser'>['User']>;

export const userQuery = (UserId: string) =>
  queryOptions({
    queryKey: ['user', UserId],
    queryFn: async ({ signal }): Promise<DescribedUser> =>
      (await call('DescribeUser', { UserId }, { signal })).User ?? {},
    gcTime: 0,
  });

export const createUser = (input: InputTo<'CreateUser'>) => call('CreateUser', input);

export const updateIdentityInfo = (UserId: string, IdentityInfo: InputTo<'UpdateUserIdentityInfo'>['IdentityInfo']) =>
  call('UpdateUserIdentityInfo', { UserId, IdentityInfo });
export const updatePhoneConfig = (UserId: string, PhoneConfig: InputTo<'UpdateUserPhoneConfig'>['PhoneConfig']) =>
  call('UpdateUserPhoneConfig', { UserId, PhoneConfig });
export const updateRoutingProfile = (UserId: string, RoutingProfileId: string) =>
  call('UpdateUserRoutingProfile', { UserId, RoutingProfileId });
export const updateSecurityProfiles = (UserId: string, SecurityProfileIds: readonly string[]) =>
  call('UpdateUserSecurityProfiles', { UserId, SecurityProfileIds });
/** Without a group the user is taken out of the hierarchy. */
export const updateHierarchy = (UserId: string, HierarchyGroupId: string | null) =>
  call('UpdateUserHierarchy', { UserId, ...(HierarchyGroupId && { HierarchyGroupId }) });
export const resetPassword = (UserId: string, Password: string) => call('ResetUserPassword', { UserId, Password });

export const tagResource = (resourceArn: string, tags: Readonly<Record<string, string>>) =>
  call('TagResource', { resourceArn, tags });

export const untagResource = (resourceArn: string, tagKeys: readonly string[]) =>
  call('UntagResource', { resourceArn, tagKeys });
