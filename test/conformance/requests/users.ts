import { randomUUID } from 'node:crypto';
import { tags, type World } from '../world.ts';
import {
  attributeFilters,
  type Build,
  criteriaOf,
  list,
  only,
  type Requests,
  type RequestTable,
  tagFilters,
} from './request-table.ts';

const identity = {
  FirstName: 'Ada',
  LastName: 'Lovelace',
  Email: 'ada@example.com',
  SecondaryEmail: 'ada@example.org',
  Mobile: '+441632960001',
};
const phone = {
  PhoneType: 'DESK_PHONE',
  DeskPhoneNumber: '+441632960002',
  AutoAccept: false,
  AfterContactWorkTimeLimit: 60,
  PersistentConnection: true,
};
const perChannel = {
  AutoAcceptConfigs: [{ Channel: 'VOICE', AutoAccept: true, AgentFirstCallbackAutoAccept: true }],
  AfterContactWorkConfigs: [
    {
      Channel: 'VOICE',
      AfterContactWorkConfig: { AfterContactWorkTimeLimit: 60 },
      AgentFirstCallbackAfterContactWorkConfig: { AfterContactWorkTimeLimit: 90 },
    },
  ],
  PhoneNumberConfigs: [{ Channel: 'VOICE', PhoneType: 'DESK_PHONE', PhoneNumber: '+441632960002' }],
  PersistentConnectionConfigs: [{ Channel: 'VOICE', PersistentConnection: true }],
  VoiceEnhancementConfigs: [{ Channel: 'VOICE', VoiceEnhancementMode: 'VOICE_ISOLATION' }],
};
const newUser = (world: World) => ({
  Username: world.fresh('user').replace(' ', '.'),
  Password: 'User-Password-1',
  IdentityInfo: identity,
  RoutingProfileId: world.routingProfile,
  SecurityProfileIds: [world.agentProfile, world.madeSecurityProfile],
  HierarchyGroupId: world.group,
  Tags: tags,
});

const hierarchy = (world: World) => ({
  HierarchyGroupCondition: { Value: world.group, HierarchyGroupMatchType: 'WITH_CHILD_GROUPS' },
});
const level = { FieldName: 'level', ComparisonType: 'RANGE', MinValue: 1, MaxValue: 5 };
const criteria = (world: World, username = 'user') =>
  criteriaOf({
    StringCondition: { FieldName: 'Username', Value: username, ComparisonType: 'STARTS_WITH' },
    ListCondition: {
      TargetListType: 'PROFICIENCIES',
      Conditions: [
        {
          StringCondition: { FieldName: 'name', Value: world.attribute, ComparisonType: 'EXACT' },
          NumberCondition: level,
        },
      ],
    },
    ...hierarchy(world),
  });
/** The arms of UserSearchFilter. */
export const userFilters = [
  ...tagFilters.map((TagFilter) => () => ({ TagFilter })),
  ...attributeFilters.map((one) => () => ({ UserAttributeFilter: one })),
  (world: World) => ({ UserAttributeFilter: hierarchy(world) }),
  (world: World) => ({ UserAttributeFilter: { AndCondition: hierarchy(world) } }),
];
export const userSearch = (world: World, username?: string) => ({
  SearchCriteria: criteria(world, username),
  SearchFilter: { TagFilter: tagFilters[0] },
});

/** The second page of a search for users with each of the filters. */
function searchUsers(): Requests {
  return {
    ...list('SearchUsers', () => ({}), userSearch),
    others: userFilters.map((filter) => (world) => ({ SearchFilter: filter(world) })),
  };
}

const proficiency = async (world: World) => ({
  UserId: await world.makeUser(),
  UserProficiencies: [{ AttributeName: world.attribute, AttributeValue: 'Gold', Level: 4 }],
});
const proficient = async (world: World) => {
  const made = await proficiency(world);
  await world.call('AssociateUserProficiencies', made);
  return made;
};
const entity = async (world: World, more: readonly string[] = []) => ({
  EntityType: 'USER',
  EntityArn: world.arn('agent', await world.makeUser({ securityProfileIds: [world.agentProfile, ...more] })),
});

export const userRequests: RequestTable = {
  CreateUser: {
    full: (world) => ({ ...newUser(world), ...perChannel, DirectoryUserId: randomUUID() }),
    minimal: (world) => ({
      Username: world.fresh('user').replace(' ', '.'),
      Password: 'User-Password-1',
      IdentityInfo: { FirstName: 'Ada', LastName: 'Lovelace', Email: 'ada@example.com' },
      RoutingProfileId: world.routingProfile,
      SecurityProfileIds: [world.agentProfile],
    }),
    others: [(world) => ({ ...newUser(world), PhoneConfig: phone })],
  },
  DescribeUser: only((world) => ({ UserId: world.user })),
  ListUsers: list('ListUsers'),
  SearchUsers: searchUsers(),
  UpdateUserIdentityInfo: {
    full: async (world) => ({ UserId: await world.makeUser(), IdentityInfo: identity }),
    minimal: async (world) => ({
      UserId: await world.makeUser(),
      IdentityInfo: { FirstName: 'Ada', LastName: 'King', Email: 'ada@example.com' },
    }),
  },
  UpdateUserPhoneConfig: {
    full: async (world) => ({ UserId: await world.makeUser(), PhoneConfig: phone }),
    minimal: async (world) => ({ UserId: await world.makeUser(), PhoneConfig: { PhoneType: 'SOFT_PHONE' } }),
  },
  UpdateUserConfig: {
    full: async (world) => ({ UserId: await world.makeUser(), ...perChannel }),
    minimal: async (world) => ({
      UserId: await world.makeUser(),
      AutoAcceptConfigs: [{ Channel: 'VOICE', AutoAccept: true }],
    }),
  },
  UpdateUserRoutingProfile: only(async (world) => ({
    UserId: await world.makeUser(),
    RoutingProfileId: world.routingProfile,
  })),
  UpdateUserSecurityProfiles: only(async (world) => ({
    UserId: await world.makeUser(),
    SecurityProfileIds: [world.agentProfile, world.madeSecurityProfile],
  })),
  UpdateUserHierarchy: {
    full: async (world) => ({ UserId: await world.makeUser(), HierarchyGroupId: world.group }),
    minimal: async (world) => ({ UserId: await world.makeUser({ hierarchyGroupId: world.group }) }),
  },
  AssociateSecurityProfiles: only(async (world) => ({
    ...(await entity(world)),
    SecurityProfiles: [{ Id: world.madeSecurityProfile }],
  })),
  DisassociateSecurityProfiles: only(async (world) => ({
    ...(await entity(world, [world.madeSecurityProfile])),
    SecurityProfiles: [{ Id: world.madeSecurityProfile }],
  })),
  ListEntitySecurityProfiles: list('ListEntitySecurityProfiles', (world) => entity(world, [world.madeSecurityProfile])),
  AssociateUserProficiencies: only(proficiency),
  UpdateUserProficiencies: only(proficient),
  DisassociateUserProficiencies: only(async (world) => {
    const { UserId, UserProficiencies } = await proficient(world);
    return { UserId, UserProficiencies: UserProficiencies.map(({ Level, ...rest }) => rest) };
  }),
  ListUserProficiencies: list('ListUserProficiencies', (world) => ({ UserId: world.user })),
  PutUserStatus: only(async (world) => ({ UserId: await world.makeUser(), AgentStatusId: world.status })),
  GetCurrentUserData: {
    ...list('GetCurrentUserData', (world) => ({ Filters: { Agents: [world.user, world.otherUser] } })),
    others: [
      (world) => ({ Filters: { Queues: [world.basicQueue], ContactFilter: { ContactStates: ['CONNECTED'] } } }),
      (world) => ({ Filters: { RoutingProfiles: [world.basicRoutingProfile] } }),
      (world) => ({ Filters: { UserHierarchyGroups: [world.group] } }),
    ],
  },
  ResetUserPassword: only(async (world) => ({ UserId: await world.makeUser(), Password: 'Another-Password-2' })),
  DeleteUser: only(async (world) => ({ UserId: await world.makeUser() })),
  SearchUserDetails: {
    full: (world) => ({
      ...userSearch(world),
      SortBy: 'LastName',
      SortOrder: 'DESCENDING',
      StartIndex: 1,
      MaxResults: 1,
    }),
    minimal: () => ({}),
    others: userFilters.map((filter) => (world) => ({ SearchFilter: filter(world) })),
  },
  DownloadUsers: {
    full: (world) => ({ ...userSearch(world), UserIds: [world.user, world.otherUser] }),
    minimal: () => ({}),
    others: userFilters.map((filter) => (world) => ({ SearchFilter: filter(world) })),
  },
  ListTagKeys: only(() => ({})),
};

/** The login of somebody whom the searches find, and whom nobody else needs. */
const leaver = async (world: World) => {
  const username = `${world.fresh('leaver').replace(' ', '.')}.`;
  const UserId = await world.makeUser({ username, email: `${username}@example.com`, hierarchyGroupId: world.group });
  const UserProficiencies = [{ AttributeName: world.attribute, AttributeValue: 'Gold', Level: 4 }];
  await world.call('AssociateUserProficiencies', { UserId, UserProficiencies });
  return username;
};
const searches: readonly Build[] = [
  async (world) => ({ Search: userSearch(world, await leaver(world)) }),
  ...userFilters.map((filter) => async (world: World) => {
    const StringCondition = { FieldName: 'Username', Value: await leaver(world), ComparisonType: 'EXACT' };
    return { Search: { SearchFilter: filter(world), SearchCriteria: { StringCondition } } };
  }),
];
const byLogin: Build = async (world) => ({ Usernames: [await leaver(world)] });
const byEmail: Build = async (world) => ({ Emails: [`${await leaver(world)}@example.com`] });

export const userBatchRequests: RequestTable = {
  PreviewUserDeletion: {
    ...list(
      'PreviewUserDeletion',
      (world) => ({ UserIds: [world.user, world.otherUser] }),
      () => ({ ProblemsFirst: true }),
    ),
    others: [byLogin, byEmail, ...searches],
  },
  StartUserDeletion: {
    full: async (world) => ({
      UserIds: [await world.makeUser()],
      ExpectedCount: 1,
      QuickConnects: 'DELETE',
      ClientToken: randomUUID(),
    }),
    minimal: async (world) => ({ UserIds: [await world.makeUser()] }),
    others: [byLogin, byEmail, ...searches],
  },
  DescribeUserBatch: only((world) => ({ UserBatchId: world.endedBatch })),
  ListUserBatches: list(
    'ListUserBatches',
    () => ({}),
    () => ({ Status: ['COMPLETED_WITH_FAILURES'], Dismissed: false }),
  ),
  ListUserBatchResults: list(
    'ListUserBatchResults',
    (world) => ({ UserBatchId: world.endedBatch }),
    () => ({ Status: ['SUCCEEDED', 'FAILED'] }),
  ),
  DownloadUserBatchResults: {
    full: (world) => ({ UserBatchId: world.endedBatch, Status: ['SUCCEEDED', 'FAILED'] }),
    minimal: (world) => ({ UserBatchId: world.endedBatch }),
  },
  RetryUserBatch: only(async (world) => ({ UserBatchId: await world.makeBatch('ENDED') })),
  PauseUserBatch: only(async (world) => ({ UserBatchId: await world.makeBatch('QUEUED') })),
  ResumeUserBatch: only(async (world) => ({ UserBatchId: await world.makeBatch('PAUSED') })),
  StopUserBatch: only(async (world) => ({ UserBatchId: await world.makeBatch('QUEUED') })),
  DismissUserBatch: only(async (world) => ({ UserBatchId: await world.makeBatch('ENDED') })),
};
