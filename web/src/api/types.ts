/** The names under which pages speak of what operations take and answer; what they are is declared with the operation. */
import type { InputTo, OutputOf } from './operations.ts';

export interface Named {
  readonly Id: string;
  readonly Name: string;
}

export type UserSearch = Pick<InputTo<'SearchUserDetails'>, 'SearchFilter' | 'SearchCriteria'>;
export type UserSearchCriteria = NonNullable<UserSearch['SearchCriteria']>;
export type UserRow = OutputOf<'SearchUserDetails'>['Users'][number];

export type HierarchyNode = OutputOf<'ListHierarchyTree'>['Groups'][number];

export type BatchSelection = Pick<InputTo<'StartUserDeletion'>, 'UserIds' | 'Usernames' | 'Emails' | 'Search'>;
export type DeletionPreview = OutputOf<'PreviewUserDeletion'>;
export type PreviewUser = DeletionPreview['Users'][number];
export type UserBatch = OutputOf<'DescribeUserBatch'>['UserBatch'];
export type BatchStatus = UserBatch['Status'];
export type BatchResult = OutputOf<'ListUserBatchResults'>['Results'][number];
export type ResultStatus = BatchResult['Status'];

export type QuickConnectRow = OutputOf<'SearchQuickConnectDestinations'>['QuickConnects'][number];
export type QuickConnectType = QuickConnectRow['QuickConnectType'];

export type ContactRow = OutputOf<'SearchContactDetails'>['Contacts'][number];
export type ContactAgent = NonNullable<ContactRow['Agent']>;
