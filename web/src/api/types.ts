/** Shapes of Cordboard's extension operations, as they stand on the wire. Times are epoch seconds. */

export interface Named {
  readonly Id: string;
  readonly Name: string;
}

/** Something that is referred to: without its name where the signed-in user may not see it. */
export interface Mentioned {
  readonly Id: string;
  readonly Name?: string;
}

export interface UserRow {
  readonly Id: string;
  readonly Arn: string;
  readonly Username: string;
  readonly FirstName?: string;
  readonly LastName?: string;
  readonly PhoneType: 'SOFT_PHONE' | 'DESK_PHONE';
  readonly DeskPhoneNumber?: string;
  readonly RoutingProfile: Mentioned;
  readonly SecurityProfiles: readonly Mentioned[];
  /** Top first; empty without a hierarchy group. */
  readonly HierarchyPath: readonly Mentioned[];
  readonly Tags: Readonly<Record<string, string>>;
  readonly QuickConnectCount: number;
  readonly LastModifiedTime: number;
}

export interface StringCondition {
  readonly FieldName: string;
  readonly Value: string;
  readonly ComparisonType: 'STARTS_WITH' | 'CONTAINS' | 'EXACT';
}

/** SearchUsers' criteria, as far as the website builds them. */
export interface UserSearchCriteria {
  readonly AndConditions?: readonly UserSearchCriteria[];
  readonly OrConditions?: readonly UserSearchCriteria[];
  readonly StringCondition?: StringCondition;
  readonly HierarchyGroupCondition?: {
    readonly Value: string;
    readonly HierarchyGroupMatchType: 'EXACT' | 'WITH_CHILD_GROUPS';
  };
}

export interface UserSearch {
  readonly SearchCriteria?: UserSearchCriteria;
  readonly SearchFilter?: {
    readonly TagFilter: { readonly TagCondition: { readonly TagKey: string; readonly TagValue?: string } };
  };
}

export type UserSortField =
  | 'Username'
  | 'FirstName'
  | 'LastName'
  | 'RoutingProfile'
  | 'HierarchyGroup'
  | 'PhoneType'
  | 'LastModifiedTime';

export interface HierarchyTree {
  readonly Levels: readonly { readonly Level: number; readonly Name: string }[];
  readonly Groups: readonly HierarchyNode[];
}

export interface HierarchyNode extends Named {
  readonly Level: number;
  readonly ParentGroupId?: string;
  /** "A / B / C" */
  readonly Path: string;
}

export interface TagKey {
  readonly Key: string;
  readonly Values: readonly string[];
}

/** Exactly one member is given. */
export interface BatchSelection {
  readonly UserIds?: readonly string[];
  readonly Usernames?: readonly string[];
  readonly Emails?: readonly string[];
  readonly Search?: UserSearch;
}

/** What an entry of a list was, where it is not just the user's id or login. */
interface Listed {
  /** As it stands in the list. */
  readonly Given?: string;
  /** Whether the list has the login in another case. */
  readonly CaseDiffers: boolean;
  readonly Finding?: 'DELETED_BEFORE' | 'NEVER_EXISTED' | 'UNREADABLE' | 'AMBIGUOUS';
}

export interface PreviewUser extends Listed {
  readonly UserId?: string;
  readonly Username?: string;
  readonly FirstName?: string;
  readonly LastName?: string;
  readonly Deletable: boolean;
  readonly ErrorCode?: string;
  readonly Reason?: string;
  readonly QuickConnects: readonly {
    readonly QuickConnectId: string;
    readonly Name?: string;
    readonly QueueNames: readonly string[];
  }[];
}

export interface DeletionPreview {
  readonly Summary: {
    readonly RequestedCount: number;
    readonly DeletableCount: number;
    readonly RefusedCount: number;
    readonly AlreadyGoneCount: number;
    readonly NeverExistedCount: number;
    readonly UnreadableCount: number;
    readonly AmbiguousCount: number;
    readonly CaseDiffersCount: number;
    readonly QuickConnectCount: number;
    readonly QueueCount: number;
    readonly SelfSelected: boolean;
    readonly LastAdministratorSelected: boolean;
  };
  readonly Queues: readonly { readonly QueueId: string; readonly Name: string; readonly QuickConnectCount: number }[];
  /** Of a long list the first. */
  readonly CaseDifferences: readonly { readonly Given: string; readonly Username: string }[];
  readonly Users: readonly PreviewUser[];
  readonly NextToken?: string;
}

export interface StartedBatch {
  readonly UserBatchId: string;
  readonly UserBatchArn: string;
  readonly RequestedCount: number;
}

export type BatchStatus = 'QUEUED' | 'IN_PROGRESS' | 'PAUSED' | 'STOPPED' | 'COMPLETED' | 'COMPLETED_WITH_FAILURES';
export type ResultStatus = 'PENDING' | 'SUCCEEDED' | 'FAILED' | 'STOPPED';

export interface UserBatch {
  readonly Id: string;
  readonly Arn: string;
  readonly Type: 'DELETION' | 'UPDATE' | 'IMPORT';
  readonly Status: BatchStatus;
  /** What its records wait for when its last range failed for no fault of theirs. */
  readonly Note?: string;
  readonly QuickConnects?: 'DELETE' | 'KEEP';
  readonly Counts: {
    readonly Requested: number;
    readonly Succeeded: number;
    readonly Failed: number;
    readonly Stopped: number;
    readonly Remaining: number;
    readonly QuickConnectsDeleted: number;
  };
  readonly RequestedBy: { readonly Type: 'USER' | 'ACCESS_KEY'; readonly Id: string; readonly Name?: string };
  readonly CreatedTime: number;
  readonly StartTime?: number;
  readonly EndTime?: number;
  readonly RetryOf?: string;
  readonly RetriedBy?: string;
  readonly Dismissed: boolean;
  readonly RetryableCount: number;
}

export interface BatchResult extends Listed {
  readonly UserId?: string;
  readonly Username?: string;
  readonly FirstName?: string;
  readonly LastName?: string;
  readonly Status: ResultStatus;
  readonly ErrorCode?: string;
  readonly Reason?: string;
  readonly Retryable?: boolean;
  readonly Time?: number;
  readonly QuickConnectsDeleted?: number;
}

export type QuickConnectType = 'USER' | 'QUEUE' | 'PHONE_NUMBER' | 'FLOW';

export interface QuickConnectRow {
  readonly QuickConnectId: string;
  readonly QuickConnectARN: string;
  readonly Name: string;
  readonly Description?: string;
  readonly QuickConnectType: QuickConnectType;
  readonly Destination: {
    readonly Type: QuickConnectType;
    readonly Id?: string;
    readonly Name?: string;
    readonly Exists: boolean;
    readonly DeletedTime?: number;
    readonly DeletedBy?: string;
  };
  readonly ContactFlow?: Mentioned;
  readonly Queues: readonly Named[];
  readonly Orphaned: boolean;
  readonly Tags?: Readonly<Record<string, string>>;
  readonly LastModifiedTime: number;
}
