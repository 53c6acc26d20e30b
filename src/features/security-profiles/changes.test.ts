import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { type Centre, centreForFile, monday, openCentre } from '../../../test/support/centre.ts';
import { untilItWaits } from '../../../test/support/locks.ts';
import { permissionIds } from '../../access/permissions.ts';
import { inTransaction } from '../../database/transaction.ts';
import { arnOf } from '../../operations/arn.ts';
import type { InputOf } from '../../operations/connect-types.ts';
import { insertHierarchyGroups } from '../hierarchy/store.ts';
import { insertSecurityProfiles } from './store.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday, max: 10 });
let groupId: string;
let count = 0;
beforeAll(async () => {
  groupId = randomUUID();
  const common = { instanceId: centre.instance.id, now: centre.clock, region: 'us-east-1' };
  await inTransaction(centre.db, (tx) =>
    insertHierarchyGroups(tx, [{ ...common, id: groupId, name: 'Group', level: 1, parentGroupId: null }]),
  );
});

type Given = Partial<InputOf<'CreateSecurityProfile'>>;
const create = async (given: Given | object = {}) => {
  count += 1;
  const input = { SecurityProfileName: `Made ${count}`, ...given };
  return (await centre.call('CreateSecurityProfile', input)).SecurityProfileId;
};
const update = (SecurityProfileId: string, given: object, caller?: Parameters<Centre['call']>[2]) =>
  centre.call('UpdateSecurityProfile', { SecurityProfileId, ...given }, caller);
const remove = (SecurityProfileId: string) => centre.call('DeleteSecurityProfile', { SecurityProfileId });
const describe = async (SecurityProfileId: string) =>
  (await centre.call('DescribeSecurityProfile', { SecurityProfileId })).SecurityProfile;
const listed = async <_Item>(name: string, member: string, SecurityProfileId: string) =>
  (await centre.send(name, { SecurityProfileId }))[member];
const permissionsOf = (id: string) => listed<string>('ListSecurityProfilePermissions', 'Permissions', id);

const everything = {
  Description: 'Everything that can be said',
  Permissions: ['Users.View', 'Users.Edit'],
  Tags: { stage: 'test' },
  AllowedAccessControlTags: { team: 'red', Zürich: '' },
  TagRestrictedResources: ['User', 'SecurityProfile', 'Queue', 'RoutingProfile', 'UserHierarchyGroup'],
  HierarchyRestrictedResources: ['User'],
  Applications: [{ Namespace: 'an.app', ApplicationPermissions: ['ACCESS'], Type: 'THIRD_PARTY_APPLICATION' }],
  AllowedFlowModules: [{ Type: 'MCP', FlowModuleId: 'a module' }],
  AllowedAIAgents: [{ Arn: 'arn:aws:wisdom:us-east-1:123456789012:ai-agent/a/b', Type: 'THIRD_PARTY' }],
  GranularAccessControlConfiguration: {
    DataTableAccessControlConfiguration: {
      PrimaryAttributeAccessControlConfiguration: {
        PrimaryAttributeValues: [{ AccessType: 'ALLOW', AttributeName: 'Site', Values: ['Paris'] }],
      },
    },
  },
};

test('everything that is given comes back', async () => {
  const group = arnOf(centre.instance, 'agent-group', groupId);
  const id = await create({ ...everything, AllowedAccessControlHierarchyGroupId: group });
  const { Permissions, Applications, AllowedFlowModules, AllowedAIAgents, ...described } = everything;
  expect(await describe(id)).toEqual({
    Id: id,
    Arn: arnOf(centre.instance, 'security-profile', id),
    OrganizationResourceId: centre.instance.id,
    SecurityProfileName: `Made ${count}`,
    ...described,
    AllowedAccessControlHierarchyGroupId: groupId,
    LastModifiedTime: centre.clock.getTime() / 1000,
    LastModifiedRegion: 'us-east-1',
  });
  expect(await permissionsOf(id)).toEqual([...Permissions].sort());
  expect(await listed('ListSecurityProfileApplications', 'Applications', id)).toEqual(Applications);
  expect(await listed('ListSecurityProfileFlowModules', 'AllowedFlowModules', id)).toEqual(AllowedFlowModules);
  expect(await listed('ListSecurityProfileAIAgents', 'AllowedAIAgents', id)).toEqual(AllowedAIAgents);
  expect(await centre.history(id)).toMatchObject([
    { operation: 'CreateSecurityProfile', change: 'CREATED', details: { Permissions, Applications } },
  ]);
});

test('a profile needs a name and nothing else', async () => {
  const id = await create();
  expect(Object.keys((await describe(id)) ?? {}).sort()).toEqual([
    'Arn',
    'Id',
    'LastModifiedRegion',
    'LastModifiedTime',
    'OrganizationResourceId',
    'SecurityProfileName',
    'Tags',
  ]);
  expect(await permissionsOf(id)).toEqual([]);
});

test('every permission is taken, and each once', async () => {
  const id = await create({ Permissions: [...permissionIds, 'Users.View'] });
  const pages = await allPages((NextToken) =>
    centre.call('ListSecurityProfilePermissions', {
      SecurityProfileId: id,
      MaxResults: 50,
      NextToken,
    }),
  );
  expect(pages.flatMap((page) => page.Permissions ?? [])).toEqual([...permissionIds].sort());
});

test.each([
  ['no name', { SecurityProfileName: '' }],
  ['a name of 128 characters', { SecurityProfileName: 'x'.repeat(128) }],
  ['a name with other characters', { SecurityProfileName: 'Über' }],
  ['a description of 251 characters', { Description: 'x'.repeat(251) }],
  ['an unknown permission', { Permissions: ['Users.View', 'Users.Fly'] }],
  ['501 permissions', { Permissions: Array.from({ length: 501 }, () => 'Users.View') }],
  ['five access control tags', { AllowedAccessControlTags: { a: '', b: '', c: '', d: '', e: '' } }],
  ['a resource that nothing restricts', { TagRestrictedResources: ['Prompt'] }],
  ['a resource that has no hierarchy', { HierarchyRestrictedResources: ['Queue'] }],
  ['eleven applications', { Applications: Array.from({ length: 11 }, () => everything.Applications[0]) }],
  ['an application without permissions', { Applications: [{ Namespace: 'a', ApplicationPermissions: [] }] }],
  ['a flow module of another type', { AllowedFlowModules: [{ Type: 'REST', FlowModuleId: 'a' }] }],
  ['a hierarchy group that is no id', { AllowedAccessControlHierarchyGroupId: 'nonsense' }],
  ['a tag that begins with aws:', { Tags: { 'aws:a': 'b' } }],
])('%s is refused', async (_what, given) => {
  const before = await centre.db.selectFrom('security_profile').select('id').execute();
  expect(await refusalOf(create(given))).toBe('InvalidParameterException');
  expect(await centre.db.selectFrom('security_profile').select('id').execute()).toHaveLength(before.length);
});

test('a name is there once, and a group must be there', async () => {
  expect(await refusalOf(create({ SecurityProfileName: 'Admin' }))).toBe('DuplicateResourceException');
  const nowhere = { AllowedAccessControlHierarchyGroupId: randomUUID() };
  expect(await refusalOf(create(nowhere))).toBe('ResourceNotFoundException');
  expect(await refusalOf(update(await create(), nowhere))).toBe('ResourceNotFoundException');
});

test('an update replaces what it names and leaves the rest', async () => {
  const id = await create({ ...everything, AllowedAccessControlHierarchyGroupId: groupId });
  await update(id, { Permissions: ['Queues.View'], AllowedAccessControlTags: { team: 'blue' } });
  expect(await describe(id)).toMatchObject({
    Description: everything.Description,
    AllowedAccessControlTags: { team: 'blue' },
    TagRestrictedResources: everything.TagRestrictedResources,
  });
  expect(await permissionsOf(id)).toEqual(['Queues.View']);
  await update(arnOf(centre.instance, 'security-profile', id), {
    Description: '',
    Permissions: [],
    AllowedAccessControlTags: {},
    TagRestrictedResources: [],
    HierarchyRestrictedResources: [],
    AllowedAccessControlHierarchyGroupId: '',
    Applications: [],
    AllowedFlowModules: [],
    AllowedAIAgents: [],
    GranularAccessControlConfiguration: {},
  });
  const { Description, AllowedAccessControlTags, TagRestrictedResources, ...rest } = (await describe(id)) ?? {};
  expect([Description, AllowedAccessControlTags, TagRestrictedResources]).toEqual([undefined, undefined, undefined]);
  expect(rest).not.toHaveProperty('AllowedAccessControlHierarchyGroupId');
  expect(await permissionsOf(id)).toEqual([]);
  expect(await listed('ListSecurityProfileApplications', 'Applications', id)).toEqual([]);
  const [, first] = await centre.history(id);
  expect(first).toMatchObject({
    operation: 'UpdateSecurityProfile',
    details: { Changes: { Permissions: { Old: everything.Permissions, New: ['Queues.View'] } } },
  });
});

test('an update that changes nothing leaves no trace', async () => {
  const id = await create(everything);
  const before = await describe(id);
  centre.clock = new Date(centre.clock.getTime() + 60_000);
  const { Tags: _, ...same } = everything;
  await update(id, same);
  await update(id, {});
  expect(await describe(id)).toEqual(before);
  expect(await centre.history(id)).toHaveLength(1);
  expect(await refusalOf(update(randomUUID(), {}))).toBe('ResourceNotFoundException');
});

test('a profile that somebody has is not deleted, nor one of the four of every instance', async () => {
  const id = await create();
  const userId = await centre.addUser({ securityProfileIds: [id] });
  await expect(remove(id)).rejects.toMatchObject({
    code: 'ResourceInUseException',
    members: { ResourceType: 'USER', ResourceId: arnOf(centre.instance, 'agent', userId) },
  });
  await centre.call('UpdateUserSecurityProfiles', {
    UserId: userId,
    SecurityProfileIds: [centre.securityProfiles.Agent],
  });
  await remove(arnOf(centre.instance, 'security-profile', id));
  expect(await refusalOf(remove(id))).toBe('ResourceNotFoundException');
  expect((await centre.history(id)).map(({ change }) => change)).toEqual(['CREATED', 'DELETED']);
  for (const own of Object.values(centre.securityProfiles)) {
    expect(await refusalOf(remove(own))).toBe('AccessDeniedException');
  }
});

test('a profile that is being given to somebody stays, and one that is going is given to nobody', async () => {
  const [given, going] = [await create(), await create()];
  const userId = await centre.addUser();
  let deletion: Promise<unknown> = Promise.resolve();
  await inTransaction(centre.db, async (tx) => {
    await tx
      .insertInto('user_security_profile')
      .values({ user_id: userId, security_profile_id: given, position: 9 })
      .execute();
    deletion = remove(given);
    await untilItWaits(centre.db, deletion);
  });
  expect(await refusalOf(deletion)).toBe('ResourceInUseException');

  let assignment: Promise<unknown> = Promise.resolve();
  await inTransaction(centre.db, async (tx) => {
    await tx.deleteFrom('security_profile').where('id', '=', going).execute();
    assignment = centre.call('UpdateUserSecurityProfiles', { UserId: userId, SecurityProfileIds: [going] });
    await untilItWaits(centre.db, assignment);
  });
  expect(await refusalOf(assignment)).toBe('ResourceNotFoundException');
});

test('there are 100 profiles and no more, also when two come at once', async () => {
  const full = await openCentre({ as: 'ACCESS_KEY', clock: monday });
  try {
    const rows = Array.from({ length: 95 }, (_, index) => ({
      id: randomUUID(),
      instanceId: full.instance.id,
      name: `Profile ${index}`,
      description: null,
      permissions: [],
      now: full.clock,
      region: 'us-east-1',
    }));
    await inTransaction(full.db, (tx) => insertSecurityProfiles(tx, rows));
    const make = (SecurityProfileName: string) =>
      refusalOf(full.call('CreateSecurityProfile', { SecurityProfileName }));
    expect((await Promise.all([make('one'), make('two')])).sort()).toEqual([
      'LimitExceededException',
      'was not refused',
    ]);
  } finally {
    await full.close();
  }
});

test('profiles are searched by name, description, id and tags, page by page', async () => {
  const ids = [
    await create({
      SecurityProfileName: 'Searched 1',
      Description: 'first of all',
      Tags: { team: 'red', stage: 'live' },
    }),
    await create({ SecurityProfileName: 'searched 2', Tags: { team: 'red' } }),
    await create({ SecurityProfileName: 'Searched_3', Tags: { team: 'blue' } }),
  ];
  const search = (input: object) => centre.call('SearchSecurityProfiles', input);
  const names = async (input: object) =>
    ((await search(input)).SecurityProfiles ?? []).map((one) => one.SecurityProfileName);
  const by = (FieldName: string, Value: string, ComparisonType: string) => ({
    SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType } },
  });
  expect(await names(by('name', 'SEARCHED', 'STARTS_WITH'))).toEqual(['Searched 1', 'searched 2', 'Searched_3']);
  expect(await names(by('name', 'ed_', 'CONTAINS'))).toEqual(['Searched_3']);
  expect(await names(by('description', 'first of all', 'EXACT'))).toEqual(['Searched 1']);
  expect(await names(by('resourceID', arnOf(centre.instance, 'security-profile', ids[1] ?? ''), 'EXACT'))).toEqual([
    'searched 2',
  ]);
  expect(await refusalOf(names(by('colour', 'red', 'EXACT')))).toBe('InvalidParameterException');
  const red = { TagKey: 'team', TagValue: 'red' };
  expect(await names({ SearchFilter: { TagFilter: { TagCondition: red } } })).toEqual(['Searched 1', 'searched 2']);
  expect(await names({ SearchFilter: { TagFilter: { AndConditions: [red, { TagKey: 'stage' }] } } })).toEqual([
    'Searched 1',
  ]);
  const pages = await allPages((NextToken) =>
    search({ ...by('name', 'searched', 'STARTS_WITH'), MaxResults: 2, NextToken }),
  );
  expect(pages.map((page) => [page.SecurityProfiles?.length, page.ApproximateTotalCount])).toEqual([
    [2, 3],
    [1, 3],
  ]);
  expect(pages[0]?.SecurityProfiles?.[0]).toEqual({
    Id: ids[0],
    OrganizationResourceId: centre.instance.id,
    Arn: arnOf(centre.instance, 'security-profile', ids[0] ?? ''),
    SecurityProfileName: 'Searched 1',
    Description: 'first of all',
    Tags: { team: 'red', stage: 'live' },
  });
  expect(await refusalOf(search({ MaxResults: 101 }))).toBe('InvalidParameterException');
});

test('somebody who can administer all users remains, whatever a signed-in user does to profiles', async () => {
  const own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
  try {
    const admin = await own.signedIn(['Users.Create', 'Users.Edit', 'Users.Delete', 'SecurityProfiles.Edit']);
    const [profile = ''] = (
      await own.db
        .selectFrom('user_security_profile')
        .select('security_profile_id as id')
        .where('user_id', '=', admin.userId)
        .execute()
    ).map(({ id }) => id);
    const change = (given: object, caller?: Parameters<Centre['call']>[2]) =>
      refusalOf(own.call('UpdateSecurityProfile', { SecurityProfileId: profile, ...given }, caller));
    const less = { Permissions: ['Users.Create', 'Users.Edit', 'SecurityProfiles.Edit'] };
    const limited = { TagRestrictedResources: ['User'], AllowedAccessControlTags: { team: 'red' } };
    expect(await change(less, admin)).toBe('InvalidRequestException');
    expect(await change(limited, admin)).toBe('InvalidRequestException');
    expect(await change({ HierarchyRestrictedResources: ['User'] }, admin)).toBe('InvalidRequestException');
    expect(await change({ Description: 'For one' }, admin)).toBe('was not refused');
    const other = await own.signedIn(['Users.Create', 'Users.Edit', 'Users.Delete']);
    expect(await change(limited, admin)).toBe('was not refused');
    // Somebody who reaches the red ones only is not who could go on alone.
    const demote = () =>
      own.call(
        'UpdateUserSecurityProfiles',
        { UserId: other.userId, SecurityProfileIds: [own.securityProfiles.Agent] },
        other,
      );
    expect(await refusalOf(demote())).toBe('InvalidRequestException');
    expect(await change({ Permissions: [] })).toBe('was not refused');
  } finally {
    await own.close();
  }
});

test('somebody who can edit every security profile remains, in every way in which a signed-in user could end that', async () => {
  const own = await openCentre({ as: 'ACCESS_KEY', clock: monday });
  try {
    const users = ['Users.Create', 'Users.Edit', 'Users.Delete'] as const;
    const admin = await own.signedIn([...users, 'SecurityProfiles.Edit', 'SecurityProfiles.Delete']);
    const { id } = await own.db
      .selectFrom('user_security_profile')
      .select('security_profile_id as id')
      .where('user_id', '=', admin.userId)
      .executeTakeFirstOrThrow();
    const keeper = await own.signedIn(users);
    const change = (given: object) =>
      own.call('UpdateSecurityProfile', { SecurityProfileId: id, ...given }, admin).then(String, String);
    const last = 'nobody could edit every security profile any more. Give another user the permission';
    expect(await change({ Permissions: [...users, 'SecurityProfiles.View'] })).toContain(last);
    const limits = { TagRestrictedResources: ['SecurityProfile'], AllowedAccessControlTags: { team: 'red' } };
    expect(await change(limits)).toContain(last);
    expect(await change({ TagRestrictedResources: ['Queue'], AllowedAccessControlTags: { team: 'red' } })).toBe(
      '[object Object]',
    );
    for (const [name, input] of [
      ['UpdateUserSecurityProfiles', { UserId: admin.userId, SecurityProfileIds: [own.securityProfiles.Agent] }],
      ['DeleteUser', { UserId: admin.userId }],
    ] as const) {
      await expect(own.send(name, input, keeper), name).rejects.toThrow(
        'last user who can edit every security profile',
      );
    }
    const another = await own.signedIn(['SecurityProfiles.Edit']);
    expect(await change({ Permissions: [...users] })).toBe('[object Object]');
    await expect(own.call('DeleteUser', { UserId: another.userId }, keeper)).rejects.toThrow('last user');
    // Where nobody could, nothing is kept.
    await own.call('DeleteUser', { UserId: another.userId });
    await own.call('DeleteUser', { UserId: admin.userId }, keeper);
  } finally {
    await own.close();
  }
});

test('each change asks for its own permission', async () => {
  const id = await create();
  const inputs = {
    CreateSecurityProfile: ['SecurityProfiles.Create', { SecurityProfileName: 'By somebody' }],
    UpdateSecurityProfile: ['SecurityProfiles.Edit', { SecurityProfileId: id, Description: 'new' }],
    DeleteSecurityProfile: ['SecurityProfiles.Delete', { SecurityProfileId: id }],
  } as const;
  for (const [name, [permission, input]] of Object.entries(inputs)) {
    const others = await centre.signedIn(permissionIds.filter((one) => one !== permission));
    expect(await refusalOf(centre.send(name, input, others)), name).toBe('AccessDeniedException');
    const caller = await centre.signedIn([permission]);
    expect(await refusalOf(centre.send(name, input, caller)), name).toBe('was not refused');
  }
});
