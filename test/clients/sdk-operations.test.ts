import * as Connect from '@aws-sdk/client-connect';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LiveServer, startLiveServer } from '../support/live-server.ts';

let server: LiveServer;
let client: Connect.ConnectClient;
let InstanceId: string;
let agentTransferFlow: string;
let queueTransferFlow: string;
let basicQueue: string;
let routingProfile: string;
let agentProfile: string;
let count = 0;

beforeAll(async () => {
  server = await startLiveServer();
  client = server.client;
  InstanceId = server.instance.id;
  const flows = await client.send(new Connect.ListContactFlowsCommand({ InstanceId }));
  const flowOf = (type: Connect.ContactFlowType) =>
    found(flows.ContactFlowSummaryList?.find((flow) => flow.ContactFlowType === type)?.Id);
  agentTransferFlow = flowOf('AGENT_TRANSFER');
  queueTransferFlow = flowOf('QUEUE_TRANSFER');
  const queues = await client.send(new Connect.ListQueuesCommand({ InstanceId, QueueTypes: ['STANDARD'] }));
  basicQueue = found(queues.QueueSummaryList?.find((queue) => queue.Name === 'BasicQueue')?.Id);
  const routing = await client.send(new Connect.ListRoutingProfilesCommand({ InstanceId }));
  routingProfile = found(routing.RoutingProfileSummaryList?.find((one) => one.Name === 'Basic Routing Profile')?.Id);
  const profiles = await client.send(new Connect.ListSecurityProfilesCommand({ InstanceId }));
  agentProfile = found(profiles.SecurityProfileSummaryList?.find((profile) => profile.Name === 'Agent')?.Id);
});
afterAll(async () => {
  expect(server.failures).toEqual([]);
  await server.close();
});
beforeEach(() => {
  count += 1;
});

function found<T>(value: T | undefined | null): T {
  if (value === undefined || value === null) throw new Error('an answer lacks what it must have');
  return value;
}

async function createUser(extra: Partial<Connect.CreateUserRequest> = {}): Promise<string> {
  const Username = `user${count}-${Math.random().toString(36).slice(2, 8)}`;
  const { UserId } = await client.send(
    new Connect.CreateUserCommand({
      InstanceId,
      Username,
      Password: 'User-Password-1',
      IdentityInfo: { FirstName: 'Ada', LastName: 'Lovelace', Email: 'ada@example.com' },
      PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: true, AfterContactWorkTimeLimit: 60 },
      RoutingProfileId: routingProfile,
      SecurityProfileIds: [agentProfile],
      ...extra,
    }),
  );
  return found(UserId);
}

async function quickConnectTo(UserId: string, Name: string): Promise<string> {
  const { QuickConnectId } = await client.send(
    new Connect.CreateQuickConnectCommand({
      InstanceId,
      Name,
      QuickConnectConfig: { QuickConnectType: 'USER', UserConfig: { UserId, ContactFlowId: agentTransferFlow } },
    }),
  );
  return found(QuickConnectId);
}

const describeUser = async (UserId: string) =>
  found((await client.send(new Connect.DescribeUserCommand({ InstanceId, UserId }))).User);

test('an instance is listed and described, by id and by ARN', async () => {
  const { InstanceSummaryList } = await client.send(new Connect.ListInstancesCommand({}));
  expect(InstanceSummaryList).toMatchObject([{ Id: InstanceId, InstanceAlias: 'cordboard', InstanceStatus: 'ACTIVE' }]);
  const { Instance } = await client.send(new Connect.DescribeInstanceCommand({ InstanceId }));
  expect(Instance?.CreatedTime).toBeInstanceOf(Date);
  const byArn = await client.send(new Connect.DescribeInstanceCommand({ InstanceId: found(Instance?.Arn) }));
  expect(byArn.Instance).toEqual(Instance);
});

test('a new instance has what Connect puts into each', async () => {
  const profiles = await client.send(new Connect.ListSecurityProfilesCommand({ InstanceId }));
  const names = profiles.SecurityProfileSummaryList?.map((profile) => profile.Name).sort();
  expect(names).toEqual(['Admin', 'Agent', 'CallCenterManager', 'QualityAnalyst']);
  const hours = await client.send(new Connect.ListHoursOfOperationsCommand({ InstanceId }));
  expect(hours.HoursOfOperationSummaryList?.map((one) => one.Name)).toEqual(['Basic Hours']);
  const statuses = await client.send(new Connect.ListAgentStatusesCommand({ InstanceId }));
  expect(statuses.AgentStatusSummaryList?.map((one) => one.Type).sort()).toEqual(['OFFLINE', 'ROUTABLE']);
});

test('a user is created, described and changed in every part', async () => {
  const UserId = await createUser({ Tags: { Team: 'Claims é /+' } });
  expect(await describeUser(UserId)).toMatchObject({
    IdentityInfo: { FirstName: 'Ada', LastName: 'Lovelace', Email: 'ada@example.com' },
    PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: true, AfterContactWorkTimeLimit: 60 },
    Tags: { Team: 'Claims é /+' },
    SecurityProfileIds: [agentProfile],
  });
  const qualityAnalyst = found(
    (await client.send(new Connect.ListSecurityProfilesCommand({ InstanceId }))).SecurityProfileSummaryList?.find(
      (profile) => profile.Name === 'QualityAnalyst',
    )?.Arn,
  );
  const IdentityInfo = { FirstName: 'Augusta', LastName: 'King', Email: 'a.king@example.com', Mobile: '+441632960001' };
  const PhoneConfig = {
    PhoneType: 'DESK_PHONE' as const,
    DeskPhoneNumber: '+441632960002',
    AutoAccept: false,
    AfterContactWorkTimeLimit: 0,
  };
  await client.send(new Connect.UpdateUserIdentityInfoCommand({ InstanceId, UserId, IdentityInfo }));
  await client.send(new Connect.UpdateUserPhoneConfigCommand({ InstanceId, UserId, PhoneConfig }));
  await client.send(
    new Connect.UpdateUserRoutingProfileCommand({ InstanceId, UserId, RoutingProfileId: routingProfile }),
  );
  await client.send(
    new Connect.UpdateUserSecurityProfilesCommand({
      InstanceId,
      UserId,
      SecurityProfileIds: [qualityAnalyst, agentProfile],
    }),
  );
  await client.send(new Connect.UpdateUserHierarchyCommand({ InstanceId, UserId }));
  const changed = await describeUser(UserId);
  expect(changed).toMatchObject({ IdentityInfo, PhoneConfig });
  expect(changed.SecurityProfileIds).toEqual([qualityAnalyst.split('/').at(-1), agentProfile]);
});

test('users are listed and searched, page by page', async () => {
  const ids = await Promise.all(Array.from({ length: 5 }, () => createUser({ Tags: { Run: `paging${count}` } })));
  const listed: (string | undefined)[] = [];
  for await (const page of Connect.paginateListUsers({ client, pageSize: 2 }, { InstanceId })) {
    listed.push(...(page.UserSummaryList ?? []).map((user) => user.Id));
  }
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(ids));

  const search = {
    InstanceId,
    SearchFilter: { TagFilter: { TagCondition: { TagKey: 'Run', TagValue: `paging${count}` } } },
    SearchCriteria: {
      AndConditions: [
        { StringCondition: { FieldName: 'Username', Value: 'user', ComparisonType: 'STARTS_WITH' as const } },
        { StringCondition: { FieldName: 'RoutingProfileId', Value: routingProfile, ComparisonType: 'EXACT' as const } },
      ],
    },
  };
  const hits: (string | undefined)[] = [];
  for await (const page of Connect.paginateSearchUsers({ client, pageSize: 2 }, search)) {
    expect(page.ApproximateTotalCount).toBe(5);
    hits.push(...(page.Users ?? []).map((user) => user.Id));
  }
  expect(hits.sort()).toEqual(ids.sort());
});

test('a deleted user is gone, the second time is an error, the quick connect is an orphan, the login is free', async () => {
  const UserId = await createUser({ Username: 'leaver' });
  const QuickConnectId = await quickConnectTo(UserId, 'To the leaver');
  const answer = await client.send(new Connect.DeleteUserCommand({ InstanceId, UserId }));
  expect(Object.keys(answer)).toEqual(['$metadata']);
  await expect(client.send(new Connect.DeleteUserCommand({ InstanceId, UserId }))).rejects.toBeInstanceOf(
    Connect.ResourceNotFoundException,
  );
  const { QuickConnect } = await client.send(new Connect.DescribeQuickConnectCommand({ InstanceId, QuickConnectId }));
  expect(QuickConnect?.QuickConnectConfig?.UserConfig?.UserId).toBe(UserId);
  expect(await createUser({ Username: 'leaver' })).not.toBe(UserId);
});

test('a quick connect of each type is created, found, changed and deleted', async () => {
  const UserId = await createUser();
  const configs: Connect.QuickConnectConfig[] = [
    { QuickConnectType: 'USER', UserConfig: { UserId, ContactFlowId: agentTransferFlow } },
    { QuickConnectType: 'QUEUE', QueueConfig: { QueueId: basicQueue, ContactFlowId: queueTransferFlow } },
    { QuickConnectType: 'PHONE_NUMBER', PhoneConfig: { PhoneNumber: '+12065550100' } },
  ];
  for (const QuickConnectConfig of configs) {
    const Name = `One ${QuickConnectConfig.QuickConnectType}`;
    const { QuickConnectId = '' } = await client.send(
      new Connect.CreateQuickConnectCommand({ InstanceId, Name, Description: 'to begin', QuickConnectConfig }),
    );
    const listed = await client.send(
      new Connect.ListQuickConnectsCommand({
        InstanceId,
        QuickConnectTypes: [found(QuickConnectConfig.QuickConnectType)],
        MaxResults: 1000,
      }),
    );
    expect(listed.QuickConnectSummaryList?.map((one) => one.Id)).toContain(QuickConnectId);
    await client.send(
      new Connect.UpdateQuickConnectNameCommand({ InstanceId, QuickConnectId, Name: `${Name} now`, Description: '' }),
    );
    const PhoneConfig = { PhoneNumber: '+12065550199' };
    await client.send(
      new Connect.UpdateQuickConnectConfigCommand({
        InstanceId,
        QuickConnectId,
        QuickConnectConfig: { QuickConnectType: 'PHONE_NUMBER', PhoneConfig },
      }),
    );
    const found1 = await client.send(
      new Connect.SearchQuickConnectsCommand({
        InstanceId,
        SearchCriteria: {
          StringCondition: { FieldName: 'name', Value: `${Name} now`, ComparisonType: 'EXACT' },
        },
      }),
    );
    expect(found1.QuickConnects).toMatchObject([{ QuickConnectId, QuickConnectConfig: { PhoneConfig } }]);
    await client.send(new Connect.DeleteQuickConnectCommand({ InstanceId, QuickConnectId }));
    await expect(
      client.send(new Connect.DescribeQuickConnectCommand({ InstanceId, QuickConnectId })),
    ).rejects.toBeInstanceOf(Connect.ResourceNotFoundException);
  }
});

test('queues offer quick connects until they are taken away', async () => {
  const QuickConnectIds = [await quickConnectTo(await createUser(), 'Offered')];
  const offered = async () =>
    (await client.send(new Connect.ListQueueQuickConnectsCommand({ InstanceId, QueueId: basicQueue })))
      .QuickConnectSummaryList ?? [];
  await client.send(
    new Connect.AssociateQueueQuickConnectsCommand({ InstanceId, QueueId: basicQueue, QuickConnectIds }),
  );
  expect((await offered()).map((one) => one.Id)).toEqual(QuickConnectIds);
  await client.send(
    new Connect.DisassociateQueueQuickConnectsCommand({ InstanceId, QueueId: basicQueue, QuickConnectIds }),
  );
  expect(await offered()).toEqual([]);
});

test('everything that is listed can be described', async () => {
  const { SecurityProfile } = await client.send(
    new Connect.DescribeSecurityProfileCommand({ InstanceId, SecurityProfileId: agentProfile }),
  );
  expect(SecurityProfile?.SecurityProfileName).toBe('Agent');
  const permissions = await client.send(
    new Connect.ListSecurityProfilePermissionsCommand({ InstanceId, SecurityProfileId: agentProfile }),
  );
  expect(permissions.Permissions).toContain('BasicAgentAccess');
  const profile = await client.send(
    new Connect.DescribeRoutingProfileCommand({ InstanceId, RoutingProfileId: routingProfile }),
  );
  expect(profile.RoutingProfile).toMatchObject({ Name: 'Basic Routing Profile', IsDefault: true });
  const queue = await client.send(new Connect.DescribeQueueCommand({ InstanceId, QueueId: basicQueue }));
  const HoursOfOperationId = found(queue.Queue?.HoursOfOperationId);
  const hours = await client.send(new Connect.DescribeHoursOfOperationCommand({ InstanceId, HoursOfOperationId }));
  expect(hours.HoursOfOperation?.Name).toBe('Basic Hours');
  const flow = await client.send(
    new Connect.DescribeContactFlowCommand({ InstanceId, ContactFlowId: agentTransferFlow }),
  );
  expect(JSON.parse(found(flow.ContactFlow?.Content))).toMatchObject({ Version: '2019-10-30' });
  const statuses = await client.send(new Connect.ListAgentStatusesCommand({ InstanceId }));
  const AgentStatusId = found(statuses.AgentStatusSummaryList?.[0]?.Id);
  const status = await client.send(new Connect.DescribeAgentStatusCommand({ InstanceId, AgentStatusId }));
  expect(status.AgentStatus?.State).toBe('ENABLED');
  const structure = await client.send(new Connect.DescribeUserHierarchyStructureCommand({ InstanceId }));
  expect(structure.HierarchyStructure).toEqual({});
  const groups = await client.send(new Connect.ListUserHierarchyGroupsCommand({ InstanceId }));
  expect(groups.UserHierarchyGroupSummaryList).toEqual([]);
  await expect(
    client.send(new Connect.DescribeUserHierarchyGroupCommand({ InstanceId, HierarchyGroupId: crypto.randomUUID() })),
  ).rejects.toBeInstanceOf(Connect.ResourceNotFoundException);
});

test('tags are put on, listed and taken off, whatever is in them', async () => {
  const { Arn: resourceArn } = await describeUser(await createUser());
  await client.send(new Connect.TagResourceCommand({ resourceArn, tags: { 'Cost centre': 'é /+=', Team: '' } }));
  const { tags } = await client.send(new Connect.ListTagsForResourceCommand({ resourceArn }));
  expect(tags).toEqual({ 'Cost centre': 'é /+=', Team: '' });
  await client.send(new Connect.UntagResourceCommand({ resourceArn, tagKeys: ['Cost centre'] }));
  expect((await client.send(new Connect.ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({ Team: '' });
});

test('an operation that is not offered says which it is, and is not tried again', async () => {
  const refused = client.send(new Connect.CreatePromptCommand({ InstanceId, Name: 'Hello', S3Uri: 's3://a/b' }));
  await expect(refused).rejects.toMatchObject({ name: 'UnsupportedOperationException', $metadata: { attempts: 1 } });
  await expect(refused).rejects.toThrow('CreatePrompt');
});

test.each([
  ['an unknown instance', { InstanceId: crypto.randomUUID() }, 'ResourceNotFoundException'],
  ['a malformed instance id', { InstanceId: 'nonsense' }, 'InvalidParameterException'],
  ['an empty login', { Username: '' }, 'InvalidParameterException'],
  ['a login of 101 characters', { Username: 'a'.repeat(101) }, 'InvalidParameterException'],
  ['a weak password', { Password: 'short' }, 'InvalidParameterException'],
  ['no security profile', { SecurityProfileIds: [] }, 'InvalidParameterException'],
  ['an unknown routing profile', { RoutingProfileId: crypto.randomUUID() }, 'ResourceNotFoundException'],
  ['a tag that begins with aws:', { Tags: { 'aws:x': 'y' } }, 'InvalidParameterException'],
  [
    'a wrong telephone number',
    { PhoneConfig: { PhoneType: 'DESK_PHONE' as const, DeskPhoneNumber: '12', AfterContactWorkTimeLimit: 0 } },
    'InvalidParameterException',
  ],
])('%s is refused with %s, and nobody is made', async (_what, wrong, error) => {
  const before = await client.send(new Connect.SearchUsersCommand({ InstanceId, MaxResults: 1 }));
  await expect(createUser(wrong)).rejects.toMatchObject({ name: error });
  const after = await client.send(new Connect.SearchUsersCommand({ InstanceId, MaxResults: 1 }));
  expect(after.ApproximateTotalCount).toBe(before.ApproximateTotalCount);
});
