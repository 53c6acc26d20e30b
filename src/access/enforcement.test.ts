import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { refusalOf } from '../../test/support/callers.ts';
import { centreForFile, monday } from '../../test/support/centre.ts';
import { inTransaction } from '../database/transaction.ts';
import { insertHierarchyGroups } from '../features/hierarchy/store.ts';
import { insertSecurityProfiles } from '../features/security-profiles/store.ts';
import type { SecurityProfileSettings } from '../features/security-profiles/types.ts';
import { runRange } from '../features/user-batches/run-range.ts';
import { agentQueueArn, arnOf } from '../operations/arn.ts';
import type { Caller } from '../operations/caller.ts';
import { permissionIds } from './permissions.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
let groups: { world: string; europe: string; france: string; asia: string };
/** Two that carry the tag, one that does not; each in another group. */
let red: string;
let redInFrance: string;
let blue: string;

beforeAll(async () => {
  groups = { world: randomUUID(), europe: randomUUID(), france: randomUUID(), asia: randomUUID() };
  const { world, europe, france, asia } = groups;
  const common = { instanceId: centre.instance.id, now: centre.clock, region: 'us-east-1' };
  await inTransaction(centre.db, (tx) =>
    insertHierarchyGroups(tx, [
      { ...common, id: world, name: 'World', level: 1, parentGroupId: null },
      { ...common, id: europe, name: 'Europe', level: 2, parentGroupId: world, tags: { team: 'red' } },
      { ...common, id: france, name: 'France', level: 3, parentGroupId: europe, tags: { team: 'red' } },
      { ...common, id: asia, name: 'Asia', level: 2, parentGroupId: world },
    ]),
  );
});
beforeEach(async () => {
  red = await centre.addUser({ username: 'red', tags: { team: 'red', site: 'Oslo' }, hierarchyGroupId: groups.asia });
  redInFrance = await centre.addUser({ username: 'redfr', tags: { team: 'red' }, hierarchyGroupId: groups.france });
  blue = await centre.addUser({
    username: 'blue',
    tags: { team: 'blue', secret: 'x' },
    hierarchyGroupId: groups.europe,
  });
});
afterEach(() => centre.db.deleteFrom('users').execute());

const byTag = { AllowedAccessControlTags: { team: 'red' }, TagRestrictedResources: ['User'] };
const byGroup = (AllowedAccessControlHierarchyGroupId: string | null) => ({
  HierarchyRestrictedResources: ['User'],
  AllowedAccessControlHierarchyGroupId,
});

/** Somebody signed in with one security profile for each of the given limits; everything is granted by each. */
async function limitedTo(...limits: (Partial<SecurityProfileSettings> & { permissions?: readonly string[] })[]) {
  const profiles = limits.map(({ permissions = permissionIds, ...settings }) => ({
    id: randomUUID(),
    instanceId: centre.instance.id,
    name: `Limited ${randomUUID()}`,
    description: null,
    permissions,
    settings,
    now: centre.clock,
    region: 'us-east-1',
  }));
  await inTransaction(centre.db, (tx) => insertSecurityProfiles(tx, profiles));
  const caller = await centre.signedIn([]);
  await centre.db.deleteFrom('user_security_profile').where('user_id', '=', caller.userId).execute();
  const rows = profiles.map(({ id }, position) => ({ user_id: caller.userId, security_profile_id: id, position }));
  await centre.db.insertInto('user_security_profile').values(rows).execute();
  return caller;
}

const listed = async (caller: Caller) =>
  ((await centre.call('ListUsers', {}, caller)).UserSummaryList ?? [])
    .map(({ Username }) => Username)
    .filter((name) => !name?.startsWith('caller'));
const searched = async (caller: Caller, input: object = {}) =>
  (await centre.call('SearchUsers', input, caller)).Users?.map(({ Username }) => Username);
const outcome = (caller: Caller, name: string, input: object) => refusalOf(centre.send(name, input, caller));
const agentFlow = async () =>
  (
    await centre.db
      .selectFrom('contact_flow')
      .select('id')
      .where('type', '=', 'AGENT_TRANSFER')
      .executeTakeFirstOrThrow()
  ).id;

test('tags limit whom one sees, in every list of users', async () => {
  const caller = await limitedTo(byTag);
  expect(await listed(caller)).toEqual(['red', 'redfr']);
  expect(await searched(caller)).toEqual(['red', 'redfr']);
  const one = await centre.call('SearchUsers', { MaxResults: 1 }, caller);
  expect(one.ApproximateTotalCount).toBe(2);
  expect(await searched(caller, { SearchFilter: { TagFilter: { TagCondition: { TagKey: 'secret' } } } })).toEqual([]);
  expect(await centre.call('SearchUserDetails', {}, caller)).toMatchObject({
    TotalCount: 2,
    Users: [{ Username: 'red' }, { Username: 'redfr' }],
  });
  expect(await centre.call('ListTagKeys', {}, caller)).toEqual({
    Tags: [
      { Key: 'site', Values: ['Oslo'] },
      { Key: 'team', Values: ['red'] },
    ],
  });
  const queues = await centre.call('ListQueues', { QueueTypes: ['AGENT'] }, caller);
  expect(queues.QueueSummaryList?.map(({ Id }) => Id).sort()).toEqual([red, redInFrance].sort());
});

test('a part of the hierarchy limits whom one sees, down to its leaves', async () => {
  expect(await listed(await limitedTo(byGroup(groups.europe)))).toEqual(['blue', 'redfr']);
  expect(await listed(await limitedTo(byGroup(groups.france)))).toEqual(['redfr']);
});

test('without a group of its own a profile means that of who holds it', async () => {
  const caller = await limitedTo(byGroup(null));
  expect(await searched(caller)).toEqual([]);
  await centre.db
    .updateTable('users')
    .set({ hierarchy_group_id: groups.europe })
    .where('id', '=', caller.userId)
    .execute();
  expect(await listed(caller)).toEqual(['blue', 'redfr']);
});

test('a group that is gone reaches nobody', async () => {
  expect(await searched(await limitedTo(byGroup(randomUUID())))).toEqual([]);
});

test('both limits of one profile must hold, and profiles add up', async () => {
  expect(await listed(await limitedTo({ ...byTag, ...byGroup(groups.europe) }))).toEqual(['redfr']);
  expect(await listed(await limitedTo(byTag, byGroup(groups.europe)))).toEqual(['blue', 'red', 'redfr']);
  expect(await listed(await limitedTo({ ...byTag, AllowedAccessControlTags: { team: 'red', site: 'Oslo' } }))).toEqual([
    'red',
  ]);
  const two = await limitedTo(byTag, { ...byTag, AllowedAccessControlTags: { secret: 'x' } });
  expect(await listed(two)).toEqual(['blue', 'red', 'redfr']);
});

test('a profile without limits lifts those of the others, for the permissions that it grants', async () => {
  const caller = await limitedTo(byTag, { permissions: ['Users.View'] });
  expect(await listed(caller)).toEqual(['blue', 'red', 'redfr']);
  expect(await outcome(caller, 'DescribeUser', { UserId: blue })).toBe('was not refused');
  expect(await outcome(caller, 'DeleteUser', { UserId: blue })).toBe('AccessDeniedException');
  expect(await outcome(caller, 'DeleteUser', { UserId: red })).toBe('was not refused');
});

test('an access key is not limited, nor is who has no limits', async () => {
  const { UserSummaryList } = await centre.call('ListUsers', {});
  expect(UserSummaryList).toHaveLength(3);
  expect(await listed(await limitedTo({}))).toHaveLength(3);
});

test('nothing can be learnt of, or done to, somebody out of reach', async () => {
  const caller = await limitedTo(byTag);
  const profile = centre.securityProfiles.Agent;
  const status = (await centre.db.selectFrom('agent_status').select('id').executeTakeFirstOrThrow()).id;
  const calls: readonly (readonly [string, object])[] = [
    ['DescribeUser', {}],
    ['DeleteUser', {}],
    ['UpdateUserIdentityInfo', { IdentityInfo: { FirstName: 'New', LastName: 'Name' } }],
    ['UpdateUserPhoneConfig', { PhoneConfig: { PhoneType: 'SOFT_PHONE', AutoAccept: true } }],
    ['UpdateUserConfig', { AutoAcceptConfigs: [{ Channel: 'VOICE', AutoAccept: true }] }],
    ['UpdateUserRoutingProfile', { RoutingProfileId: centre.routingProfileId }],
    ['UpdateUserSecurityProfiles', { SecurityProfileIds: [profile] }],
    ['UpdateUserHierarchy', {}],
    ['ResetUserPassword', { Password: 'New-Password-1' }],
    ['PutUserStatus', { AgentStatusId: status }],
    ['ListUserProficiencies', {}],
  ];
  const before = await centre.call('DescribeUser', { UserId: blue });
  for (const [name, input] of calls) {
    for (const UserId of [blue, arnOf(centre.instance, 'agent', blue)]) {
      expect(await outcome(caller, name, { UserId, ...input }), name).toBe('AccessDeniedException');
    }
    expect(await outcome(caller, name, { UserId: randomUUID(), ...input }), name).toBe('ResourceNotFoundException');
  }
  const resourceArn = arnOf(centre.instance, 'agent', blue);
  expect(await outcome(caller, 'TagResource', { resourceArn, tags: { team: 'red' } })).toBe('AccessDeniedException');
  expect(await outcome(caller, 'UntagResource', { resourceArn, tagKeys: ['secret'] })).toBe('AccessDeniedException');
  expect(await outcome(caller, 'ListTagsForResource', { resourceArn })).toBe('AccessDeniedException');
  expect(await centre.call('DescribeUser', { UserId: blue })).toEqual(before);

  for (const [name, input] of calls.filter(([name]) => name !== 'DeleteUser')) {
    // Taking the group away is a change like any other for who is limited by tags.
    expect(await outcome(caller, name, { UserId: red, ...input }), name).toBe('was not refused');
  }
});

test('a suffix on an ARN opens no door', async () => {
  const caller = await limitedTo(byTag);
  const arn = arnOf(centre.instance, 'agent', blue);
  const before = await centre.call('DescribeUser', { UserId: blue });
  for (const suffix of [':1', ':$LATEST', ':$SAVED', ':', '/', ' ']) {
    const resourceArn = `${arn}${suffix}`;
    expect(await outcome(caller, 'TagResource', { resourceArn, tags: { team: 'red' } }), suffix).toBe(
      'InvalidParameterException',
    );
    expect(await outcome(caller, 'UntagResource', { resourceArn, tagKeys: ['team'] }), suffix).toBe(
      'InvalidParameterException',
    );
    expect(await outcome(caller, 'ListTagsForResource', { resourceArn }), suffix).toBe('InvalidParameterException');
    for (const UserId of [resourceArn, `${blue}${suffix}`]) {
      expect(await outcome(caller, 'ResetUserPassword', { UserId, Password: 'New-Password-1' }), UserId).toBe(
        'InvalidParameterException',
      );
    }
  }
  // Not for those either who reach everybody.
  await expect(centre.call('TagResource', { resourceArn: `${arn}:1`, tags: { team: 'red' } })).rejects.toMatchObject({
    code: 'InvalidParameterException',
  });
  expect(await centre.call('DescribeUser', { UserId: blue })).toEqual(before);
});

test('the queue of a user is out of reach with the user', async () => {
  const caller = await limitedTo(byTag);
  for (const QueueId of [blue, agentQueueArn(centre.instance, blue), arnOf(centre.instance, 'queue', blue)]) {
    expect(await outcome(caller, 'DescribeQueue', { QueueId }), QueueId).toBe('AccessDeniedException');
    expect(await outcome(caller, 'UpdateQueueName', { QueueId, Name: 'new' }), QueueId).toBe('AccessDeniedException');
  }
  for (const QueueId of [red, agentQueueArn(centre.instance, red)]) {
    expect(await outcome(caller, 'DescribeQueue', { QueueId }), QueueId).toBe('was not refused');
  }
});

test('no filter and no condition names what is out of reach', async () => {
  const caller = await limitedTo({
    ...byTag,
    TagRestrictedResources: ['User', 'Queue', 'RoutingProfile', 'SecurityProfile', 'UserHierarchyGroup'],
  });
  const queue = (await centre.db.selectFrom('queue').select('id').executeTakeFirstOrThrow()).id;
  const { routingProfileId: profile } = centre;
  const filters = { Agents: blue, Queues: queue, RoutingProfiles: profile, UserHierarchyGroups: groups.asia };
  for (const [member, id] of Object.entries(filters)) {
    const input = { Filters: { [member]: [id] } };
    expect(await outcome(caller, 'GetCurrentUserData', input), member).toBe('AccessDeniedException');
  }
  expect(await outcome(caller, 'GetCurrentUserData', { Filters: { Agents: [red] } })).toBe('was not refused');
  expect(await outcome(caller, 'SearchQuickConnectDestinations', { UserIds: [blue] })).toBe('AccessDeniedException');
  expect(await outcome(caller, 'SearchQuickConnectDestinations', { UserIds: [red] })).toBe('was not refused');

  const inGroup = (Value: string) => ({ Value, HierarchyGroupMatchType: 'WITH_CHILD_GROUPS' });
  const asked = (HierarchyGroupCondition: object) => [
    { SearchCriteria: { HierarchyGroupCondition } },
    { SearchCriteria: { OrConditions: [{ AndConditions: [{ HierarchyGroupCondition }] }] } },
    { SearchFilter: { UserAttributeFilter: { HierarchyGroupCondition } } },
    { SearchFilter: { UserAttributeFilter: { AndCondition: { HierarchyGroupCondition } } } },
    { SearchFilter: { UserAttributeFilter: { OrConditions: [{ HierarchyGroupCondition }] } } },
  ];
  for (const search of asked(inGroup(groups.asia))) {
    for (const [name, input] of Object.entries({
      SearchUsers: search,
      SearchUserDetails: search,
      PreviewUserDeletion: { Search: search },
      StartUserDeletion: { Search: search, ExpectedCount: 1 },
    })) {
      expect(await outcome(caller, name, input), `${name} ${JSON.stringify(search)}`).toBe('AccessDeniedException');
    }
  }
  for (const search of asked(inGroup(arnOf(centre.instance, 'agent-group', groups.europe)))) {
    expect(await searched(caller, search)).toEqual(['redfr']);
  }
});

test('no search tells by a part of an id what is out of reach', async () => {
  const caller = await limitedTo({
    ...byTag,
    TagRestrictedResources: ['RoutingProfile', 'SecurityProfile', 'Queue', 'UserHierarchyGroup'],
  });
  const queue = (await centre.db.selectFrom('queue').select('id').executeTakeFirstOrThrow()).id;
  const by = (FieldName: string, Value: string, ComparisonType: 'EXACT' | 'STARTS_WITH' | 'CONTAINS') => ({
    SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType } },
  });
  await centre.db.updateTable('routing_profile').set({ tags: '{"team":"red"}' }).execute();
  const searches = [
    ['SearchUsers', 'RoutingProfileId', centre.routingProfileId],
    ['SearchUsers', 'SecurityProfileId', centre.securityProfiles.Agent ?? ''],
    ['SearchRoutingProfiles', 'associatedQueueIds', queue],
    ['SearchUserHierarchyGroups', 'parentId', groups.world],
  ] as const;
  const found = async (who: Caller | undefined) => {
    const counts = [];
    for (const [name, field, id] of searches) {
      for (const [value, comparison] of [
        [id, 'EXACT'],
        [id.slice(0, 35), 'STARTS_WITH'],
        [id.slice(1, 20), 'CONTAINS'],
      ] as const) {
        const { ApproximateTotalCount } = await centre.call(name, by(field, value, comparison), who);
        counts.push(ApproximateTotalCount > 0);
      }
    }
    return counts;
  };
  expect(await found(undefined)).toEqual(Array(12).fill(true));
  // The routing profile is within reach, the others are not.
  expect(await found(caller)).toEqual([...Array(3).fill(true), ...Array(9).fill(false)]);
  await centre.db.updateTable('routing_profile').set({ tags: '{}' }).execute();
  expect(await found(caller)).toEqual(Array(12).fill(false));
});

test('a refusal says what is reached', async () => {
  const caller = await limitedTo({ ...byTag, ...byGroup(groups.europe) });
  await expect(centre.call('DescribeUser', { UserId: red }, caller)).rejects.toThrow(
    `Your security profiles do not let you reach the user ${red}: you reach only those with the tag team=red and in the hierarchy group ${groups.europe} or below it.`,
  );
});

test('whom a limited person makes must be within their reach', async () => {
  const make = (caller: Caller, more: object) => {
    const Username = `new-${randomUUID().slice(0, 8)}`;
    const input = {
      Username,
      Password: 'User-Password-1',
      IdentityInfo: { FirstName: 'New', LastName: 'User' },
      RoutingProfileId: centre.routingProfileId,
      SecurityProfileIds: [centre.securityProfiles.Agent],
    };
    return refusalOf(centre.call('CreateUser', { ...input, ...more }, caller));
  };
  const tagged = await limitedTo(byTag);
  expect(await make(tagged, {})).toBe('AccessDeniedException');
  expect(await make(tagged, { Tags: { team: 'blue' } })).toBe('AccessDeniedException');
  expect(await make(tagged, { Tags: { team: 'red', more: 'of it' } })).toBe('was not refused');
  const placed = await limitedTo(byGroup(groups.europe));
  expect(await make(placed, {})).toBe('AccessDeniedException');
  expect(await make(placed, { HierarchyGroupId: groups.asia })).toBe('AccessDeniedException');
  expect(await make(placed, { HierarchyGroupId: groups.france })).toBe('was not refused');
  const made = await centre.db.selectFrom('users').select('id').where('username', 'like', 'new-%').execute();
  expect(made).toHaveLength(2);
});

test('a change does not put anybody out of reach', async () => {
  const tagged = await limitedTo(byTag);
  const resourceArn = arnOf(centre.instance, 'agent', red);
  expect(await outcome(tagged, 'UntagResource', { resourceArn, tagKeys: ['team'] })).toBe('AccessDeniedException');
  expect(await outcome(tagged, 'TagResource', { resourceArn, tags: { team: 'blue' } })).toBe('AccessDeniedException');
  expect(await outcome(tagged, 'UntagResource', { resourceArn, tagKeys: ['site'] })).toBe('was not refused');
  const placed = await limitedTo(byGroup(groups.europe));
  const move = (HierarchyGroupId?: string) =>
    outcome(placed, 'UpdateUserHierarchy', { UserId: blue, HierarchyGroupId });
  expect([await move(groups.asia), await move()]).toEqual(['AccessDeniedException', 'AccessDeniedException']);
  expect(await move(groups.france)).toBe('was not refused');
  expect((await centre.call('ListTagsForResource', { resourceArn })).tags).toEqual({ team: 'red' });
});

test('security profiles that are out of reach are not shown, changed or given to anybody', async () => {
  const caller = await limitedTo({ ...byTag, TagRestrictedResources: ['SecurityProfile'] });
  const reached = await centre.addSecurityProfile([]);
  await centre.db.updateTable('security_profile').set({ tags: '{"team":"red"}' }).where('id', '=', reached).execute();
  const { Admin } = centre.securityProfiles;
  const profiles = await centre.call('ListSecurityProfiles', {}, caller);
  expect(profiles.SecurityProfileSummaryList?.map(({ Id }) => Id)).toEqual([reached]);
  expect(await centre.call('SearchSecurityProfiles', {}, caller)).toMatchObject({ ApproximateTotalCount: 1 });
  for (const name of ['DescribeSecurityProfile', 'ListSecurityProfilePermissions', 'DeleteSecurityProfile']) {
    expect(await outcome(caller, name, { SecurityProfileId: Admin }), name).toBe('AccessDeniedException');
  }
  const give = (...SecurityProfileIds: (string | undefined)[]) =>
    outcome(caller, 'UpdateUserSecurityProfiles', { UserId: blue, SecurityProfileIds });
  expect(await give(reached, Admin)).toBe('AccessDeniedException');
  expect(await give(reached)).toBe('was not refused');
  const make = (Tags?: object) =>
    outcome(caller, 'CreateSecurityProfile', { SecurityProfileName: `By ${randomUUID()}`, Tags });
  expect([await make(), await make({ team: 'red' })]).toEqual(['AccessDeniedException', 'was not refused']);
  expect(await outcome(caller, 'UpdateSecurityProfile', { SecurityProfileId: reached, Description: 'new' })).toBe(
    'was not refused',
  );
  await centre.db.deleteFrom('user_security_profile').where('security_profile_id', '=', reached).execute();
  await centre.db.deleteFrom('security_profile').where(sql<boolean>`tags ? 'team'`).execute();
});

test('queues and routing profiles are limited in the same way', async () => {
  const caller = await limitedTo({ ...byTag, TagRestrictedResources: ['Queue', 'RoutingProfile'] });
  const queue = (await centre.db.selectFrom('queue').select('id').executeTakeFirstOrThrow()).id;
  const shown = async () => ({
    queues: (await centre.call('ListQueues', { QueueTypes: ['STANDARD'] }, caller)).QueueSummaryList?.length,
    found: (await centre.call('SearchQueues', {}, caller)).ApproximateTotalCount,
    profiles: (await centre.call('ListRoutingProfiles', {}, caller)).RoutingProfileSummaryList?.length,
    foundProfiles: (await centre.call('SearchRoutingProfiles', {}, caller)).ApproximateTotalCount,
  });
  expect(await shown()).toEqual({ queues: 0, found: 0, profiles: 0, foundProfiles: 0 });
  const describe = () => outcome(caller, 'DescribeQueue', { QueueId: queue });
  const assign = () =>
    outcome(caller, 'UpdateUserRoutingProfile', { UserId: blue, RoutingProfileId: centre.routingProfileId });
  expect([await describe(), await assign()]).toEqual(['AccessDeniedException', 'AccessDeniedException']);
  for (const table of ['queue', 'routing_profile'] as const) {
    await centre.db.updateTable(table).set({ tags: '{"team":"red"}' }).execute();
  }
  expect(await shown()).toEqual({ queues: 1, found: 1, profiles: 1, foundProfiles: 1 });
  expect([await describe(), await assign()]).toEqual(['was not refused', 'was not refused']);
});

test('hierarchy groups are limited in the same way, and the tree begins where the reach does', async () => {
  const caller = await limitedTo({ ...byTag, TagRestrictedResources: ['UserHierarchyGroup'] });
  const { Groups } = await centre.call('ListHierarchyTree', {}, caller);
  expect(Groups.map(({ Name, Path, ParentGroupId }) => [Name, Path, ParentGroupId])).toEqual([
    ['Europe', 'Europe', undefined],
    ['France', 'Europe / France', groups.europe],
  ]);
  const all = await centre.call('ListUserHierarchyGroups', {}, caller);
  expect(all.UserHierarchyGroupSummaryList?.map(({ Name }) => Name)).toEqual(['Europe', 'France']);
  expect(await centre.call('SearchUserHierarchyGroups', {}, caller)).toMatchObject({ ApproximateTotalCount: 2 });
  const input = { HierarchyGroupId: groups.asia };
  expect(await outcome(caller, 'DescribeUserHierarchyGroup', input)).toBe('AccessDeniedException');
  expect(await outcome(caller, 'UpdateUserHierarchy', { UserId: blue, ...input })).toBe('AccessDeniedException');
  expect(await outcome(caller, 'UpdateUserHierarchyGroupName', { HierarchyGroupId: groups.france, Name: 'Gaul' })).toBe(
    'was not refused',
  );
});

test('no quick connect is made to somebody out of reach, but one can be taken away', async () => {
  const caller = await limitedTo(byTag);
  const ContactFlowId = await agentFlow();
  const to = (UserId: string) => ({ QuickConnectType: 'USER' as const, UserConfig: { UserId, ContactFlowId } });
  const make = (UserId: string, by: Caller = caller) =>
    centre.call('CreateQuickConnect', { Name: randomUUID(), QuickConnectConfig: to(UserId) }, by);
  expect(await refusalOf(make(blue))).toBe('AccessDeniedException');
  const { QuickConnectId } = await make(red);
  const point = (UserId: string) =>
    outcome(caller, 'UpdateQuickConnectConfig', { QuickConnectId, QuickConnectConfig: to(UserId) });
  expect([await point(blue), await point(redInFrance)]).toEqual(['AccessDeniedException', 'was not refused']);
  const other = await make(blue, { kind: 'ACCESS_KEY', accessKeyId: 'TESTKEY', actions: ['connect:*'] });
  expect(await outcome(caller, 'DeleteQuickConnect', { QuickConnectId: other.QuickConnectId })).toBe('was not refused');
});

const work = async () => {
  const options = { db: centre.db, rangeSize: 100, now: () => centre.clock, log: { warn: () => {}, error: () => {} } };
  while ((await runRange(options)) !== 'NOTHING') {
    // until nothing is left
  }
};
const start = async (caller: Caller, selection: object) =>
  (await centre.call('StartUserDeletion', selection, caller)).UserBatchId;
const results = async (UserBatchId: string, caller?: Caller) =>
  (await centre.call('ListUserBatchResults', { UserBatchId }, caller)).Results;
const living = async () =>
  (await centre.db.selectFrom('users').select('username').execute()).map((row) => row.username);

test('a batch chosen by a search takes those only who are within reach', async () => {
  const caller = await limitedTo(byTag);
  const batch = await start(caller, { Search: {} });
  await work();
  // Their order is that of ids, which are random.
  expect((await results(batch)).map(({ Username, Status }) => [Username, Status]).toSorted()).toEqual([
    ['red', 'SUCCEEDED'],
    ['redfr', 'SUCCEEDED'],
  ]);
  expect(await living()).toContain('blue');
});

test('a record out of reach fails alone, and tells nothing of whom it was', async () => {
  const caller = await limitedTo(byTag);
  const byId = await start(caller, { UserIds: [red, blue] });
  await work();
  expect(await results(byId, caller)).toMatchObject([
    { UserId: red, Username: 'red', FirstName: 'First', Status: 'SUCCEEDED' },
    { UserId: blue, Status: 'FAILED', ErrorCode: 'AccessDeniedException', Retryable: true },
  ]);
  expect((await results(byId, caller))[1]).not.toHaveProperty('Username');
  const byName = await start(caller, { Usernames: ['blue'] });
  await work();
  const [named] = await results(byName, caller);
  expect(named).toMatchObject({ Username: 'blue', Status: 'FAILED', ErrorCode: 'AccessDeniedException' });
  expect(named).not.toHaveProperty('FirstName');
  expect(await living()).toContain('blue');
});

test('every record is judged by the limits of the moment in which its turn comes', async () => {
  const caller = await limitedTo(byTag);
  const batch = await start(caller, { UserIds: [red, redInFrance] });
  await centre.call('UntagResource', { resourceArn: arnOf(centre.instance, 'agent', red), tagKeys: ['team'] });
  await work();
  expect((await results(batch)).map(({ Status, ErrorCode }) => ErrorCode ?? Status)).toEqual([
    'AccessDeniedException',
    'SUCCEEDED',
  ]);

  const later = await limitedTo({});
  const unlimitedYet = await start(later, { UserIds: [blue] });
  const [held] = await centre.db
    .selectFrom('user_security_profile')
    .select('security_profile_id as id')
    .where('user_id', '=', later.userId)
    .execute();
  await centre.call('UpdateSecurityProfile', { SecurityProfileId: held?.id ?? '', ...byTag });
  await work();
  expect(await results(unlimitedYet)).toMatchObject([{ ErrorCode: 'AccessDeniedException' }]);
});

test('a preview says the same beforehand', async () => {
  const caller = await limitedTo(byTag);
  const preview = (selection: object) => centre.call('PreviewUserDeletion', selection, caller);
  const { Summary, Users } = await preview({ UserIds: [red, blue] });
  expect(Summary).toMatchObject({ RequestedCount: 2, DeletableCount: 1, RefusedCount: 1, AlreadyGoneCount: 0 });
  expect(Users).toMatchObject([
    { UserId: red, Deletable: true },
    { UserId: blue, Deletable: false, ErrorCode: 'AccessDeniedException' },
  ]);
  expect(Users[1]).not.toHaveProperty('Username');
  expect((await preview({ Search: {} })).Summary).toMatchObject({ RequestedCount: 2, RefusedCount: 0 });
});

test('a login out of reach is not turned into an id, nor an id into a login', async () => {
  await centre.db.updateTable('users').set({ email: 'blue@example.com' }).where('id', '=', blue).execute();
  const caller = await limitedTo(byTag);
  const denied = 'AccessDeniedException';
  const ways: readonly (readonly [object, object, string])[] = [
    [{ UserIds: [blue] }, { UserId: blue }, denied],
    [{ Usernames: ['blue'] }, { Username: 'blue' }, denied],
    [{ Usernames: ['BLUE'] }, { Username: 'BLUE', Given: 'BLUE' }, denied],
    // As one that is nobody's: that it is somebody's would say who they are.
    [{ Emails: ['Blue@example.com'] }, { Given: 'Blue@example.com' }, 'ResourceNotFoundException'],
  ];
  for (const [asked, told, ErrorCode] of ways) {
    const preview = await centre.call('PreviewUserDeletion', { ...asked }, caller);
    const batch = await start(caller, asked);
    await work();
    const [result] = await results(batch, caller);
    expect(preview.Users[0]).toMatchObject({ ...told, Deletable: false });
    expect(result).toMatchObject({ ErrorCode });
    const text = JSON.stringify([preview, result]).replaceAll(JSON.stringify(asked), '');
    for (const secret of [blue, 'blue', 'First', 'Last']) {
      if (!JSON.stringify(asked).includes(secret)) expect(text, JSON.stringify(asked)).not.toContain(`"${secret}"`);
    }
  }
});

test('a preview tells neither the quick connects of somebody out of reach nor the queues that one may not see', async () => {
  const ContactFlowId = await agentFlow();
  const ids: string[] = [];
  for (const UserId of [red, blue]) {
    const made = await centre.call('CreateQuickConnect', {
      Name: `To ${UserId}`,
      QuickConnectConfig: { QuickConnectType: 'USER', UserConfig: { UserId, ContactFlowId } },
    });
    ids.push(made.QuickConnectId);
  }
  const queue = await centre.db.selectFrom('queue').select('id').limit(1).executeTakeFirstOrThrow();
  await centre.call('AssociateQueueQuickConnects', { QueueId: queue.id, QuickConnectIds: ids });
  const preview = (caller: Caller) => centre.call('PreviewUserDeletion', { UserIds: [red, blue] }, caller);
  const destinations = async (caller: Caller) =>
    (await centre.call('SearchQuickConnectDestinations', { UserIds: [red] }, caller)).QuickConnects.map(
      ({ Queues }) => Queues.length,
    );

  const all = await limitedTo(byTag);
  const [ofRed, ofBlue] = (await preview(all)).Users;
  expect([ofRed?.QuickConnects.length, ofBlue?.QuickConnects]).toEqual([1, []]);
  expect(await destinations(all)).toEqual([1]);

  const withoutQueues = await limitedTo({ permissions: ['Users.Delete', 'Users.View', 'TransferDestinations.View'] });
  const shown = await preview(withoutQueues);
  expect(shown).toMatchObject({ Summary: { QueueCount: 1 }, Queues: [] });
  expect(shown.Users[0]?.QuickConnects).toMatchObject([{ Name: `To ${red}`, QueueNames: [] }]);
  expect(await destinations(withoutQueues)).toEqual([0]);

  const alone = await limitedTo({ permissions: ['Users.Delete'] });
  expect((await preview(alone)).Users[0]?.QuickConnects).toEqual([{ QuickConnectId: ids[0], QueueNames: [] }]);
  await centre.db.deleteFrom('quick_connect').execute();
});

test('who may delete users and not see them is told no name of them, in their own batches or those of others', async () => {
  const others = await start(await limitedTo({}), { Usernames: ['red'] });
  const caller = await limitedTo({ permissions: ['Users.Delete'] });
  const own = await start(caller, { UserIds: [blue] });
  await work();
  for (const batch of [others, own]) {
    for (const result of await results(batch, caller)) expect(result).not.toHaveProperty('Username');
  }
  const describe = async (UserBatchId: string) =>
    (await centre.call('DescribeUserBatch', { UserBatchId }, caller)).UserBatch;
  expect((await describe(others)).RequestedBy).not.toHaveProperty('Name');
  expect((await describe(own)).RequestedBy).toHaveProperty('Name');
  expect(await outcome(caller, 'StopUserBatch', { UserBatchId: others })).not.toBe('AccessDeniedException');
  expect(await outcome(caller, 'RetryUserBatch', { UserBatchId: others })).not.toBe('was not refused');
});

test('the name of somebody who is gone is told to whoever reaches every user', async () => {
  await centre.call('DeleteUser', { UserId: blue });
  const named = async (caller: Caller) => {
    const batch = await start(caller, { UserIds: [blue] });
    await work();
    const preview = await centre.call('PreviewUserDeletion', { UserIds: [blue] }, caller);
    return [...(await results(batch, caller)), ...preview.Users].map(({ ErrorCode, Username }) => [
      ErrorCode,
      Username,
    ]);
  };
  const gone = 'ResourceNotFoundException';
  expect(await named(await limitedTo({}))).toEqual([
    [gone, 'blue'],
    [gone, 'blue'],
  ]);
  expect(await named(await limitedTo(byTag))).toEqual([
    [gone, undefined],
    [gone, undefined],
  ]);
});

test('whoever does not reach every user has their own batches only', async () => {
  const others = await start(await limitedTo({}), { UserIds: [blue] });
  const caller = await limitedTo(byTag);
  const own = await start(caller, { UserIds: [red] });
  const list = await centre.call('ListUserBatches', {}, caller);
  expect(list.UserBatches.map(({ Id }) => Id)).toEqual([own]);
  for (const name of ['DescribeUserBatch', 'ListUserBatchResults', 'DownloadUserBatchResults', 'StopUserBatch']) {
    expect(await outcome(caller, name, { UserBatchId: others }), name).toBe('AccessDeniedException');
    expect(await outcome(caller, name, { UserBatchId: own }), name).toBe('was not refused');
  }
  await centre.db.deleteFrom('user_batch').execute();
});
