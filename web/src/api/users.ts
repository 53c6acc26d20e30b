import type { CreateUserRequest, User, UserIdentityInfo, UserPhoneConfig } from '@aws-sdk/client-connect';
import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { UserRow, UserSearch, UserSortField } from './types.ts';

export interface UserDetailsRequest extends UserSearch {
  readonly SortBy?: UserSortField;
  readonly SortOrder?: 'ASCENDING' | 'DESCENDING';
  readonly StartIndex?: number;
  readonly MaxResults?: number;
}

export interface UserDetails {
  readonly Users: readonly UserRow[];
  readonly TotalCount: number;
}

export function searchUserDetails(request: UserDetailsRequest, signal?: AbortSignal): Promise<UserDetails> {
  return call('POST', '/user-details/{InstanceId}', { body: request, ...(signal ? { signal } : {}) });
}

/** A page of the list. Not kept after leaving it: the list shows what is there when it is opened. */
export const userDetailsQuery = (request: UserDetailsRequest) =>
  queryOptions({
    queryKey: ['user-details', request],
    queryFn: ({ signal }) => searchUserDetails(request, signal),
    gcTime: 0,
  });

/** As DescribeUser answers it; its times are epoch seconds and not read here. */
export type DescribedUser = Omit<User, 'LastModifiedTime'> & { readonly LastModifiedTime?: number };

export const userQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user', userId],
    queryFn: async ({ signal }) =>
      (await call<{ User: DescribedUser }>('GET', `/users/{InstanceId}/${encodeURIComponent(userId)}`, { signal }))
        .User,
    gcTime: 0,
  });

export function createUser(input: Omit<CreateUserRequest, 'InstanceId'>): Promise<{ UserId: string; UserArn: string }> {
  return call('PUT', '/users/{InstanceId}', { body: input });
}

const update = (userId: string, part: string, body: unknown): Promise<void> =>
  call('POST', `/users/{InstanceId}/${encodeURIComponent(userId)}/${part}`, { body });

export const updateIdentityInfo = (userId: string, IdentityInfo: UserIdentityInfo) =>
  update(userId, 'identity-info', { IdentityInfo });
export const updatePhoneConfig = (userId: string, PhoneConfig: UserPhoneConfig) =>
  update(userId, 'phone-config', { PhoneConfig });
export const updateRoutingProfile = (userId: string, RoutingProfileId: string) =>
  update(userId, 'routing-profile', { RoutingProfileId });
export const updateSecurityProfiles = (userId: string, SecurityProfileIds: readonly string[]) =>
  update(userId, 'security-profiles', { SecurityProfileIds });
/** Without a group the user is taken out of the hierarchy. */
export const updateHierarchy = (userId: string, HierarchyGroupId: string | null) =>
  update(userId, 'hierarchy', HierarchyGroupId ? { HierarchyGroupId } : {});
export const resetPassword = (userId: string, Password: string) => update(userId, 'password', { Password });

export function tagResource(arn: string, tags: Readonly<Record<string, string>>): Promise<void> {
  return call('POST', `/tags/${encodeURIComponent(arn)}`, { body: { tags } });
}

export function untagResource(arn: string, tagKeys: readonly string[]): Promise<void> {
  return call('DELETE', `/tags/${encodeURIComponent(arn)}`, { query: { tagKeys } });
}
