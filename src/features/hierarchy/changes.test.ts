import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { centreForFile, monday } from '../../../test/support/centre.ts';
import { untilItWaits } from '../../../test/support/locks.ts';
import { inTransaction } from '../../database/transaction.ts';
import { arnOf } from '../../operations/arn.ts';
import type { Caller } from '../../operations/caller.ts';
import { deleteHierarchyGroup, insertHierarchyGroups, lockGroup } from './store.ts';

const centre = centreForFile({ as: 'ACCESS_KEY', clock: monday });
beforeEach(async () => {
  await centre.db.updateTable('users').set({ hierarchy_group_id: null }).execute();
  await centre.db.deleteFrom('hierarchy_group').execute();
  await setLevels('Region', 'Country', 'Team');
});

const setLevels = (...names: (string | undefined)[]) => {
  const [LevelOne, LevelTwo, LevelThree, LevelFour, LevelFive] = names.map((Name) =>
    Name === undefined ? undefined : { Name },
  );
  const HierarchyStructure = { LevelOne, LevelTwo, LevelThree, LevelFour, LevelFive };
  return centre.call('UpdateUserHierarchyStructure', { HierarchyStructure });
};
const structure = async () => {
  const answer = await centre.call('DescribeUserHierarchyStructure', {});
  return Object.entries(answer.HierarchyStructure ?? {}).map(([level, { Id, Name }]) => [level, Name, Id]);
};
const add = async (Name: string, ParentGroupId?: string, more: object = {}) =>
  (await centre.call('CreateUserHierarchyGroup', { Name, ParentGroupId, ...more })).HierarchyGroupId;
const remove = (HierarchyGroupId: string, caller?: Caller) =>
  centre.call('DeleteUserHierarchyGroup', { HierarchyGroupId }, caller);
const describe = async (HierarchyGroupId: string) =>
  (await centre.call('DescribeUserHierarchyGroup', { HierarchyGroupId })).HierarchyGroup;
const search = (input: object = {}) => centre.call('SearchUserHierarchyGroups', input);
const searched = async (FieldName: string, Value: string, ComparisonType = 'EXACT') =>
  (
    (await search({ SearchCriteria: { StringCondition: { FieldName, Value, ComparisonType } } })).UserHierarchyGroups ??
    []
  )
    .map(({ Name }) => Name)
    .sort();

test('levels are defined, renamed and removed by what the request holds', async () => {
  const before = await structure();
  await setLevels('Area', 'Country', 'Team', 'Crew', 'Desk');
  const after = await structure();
  expect(after.map(([level, name]) => [level, name])).toEqual([
    ['LevelOne', 'Area'],
    ['LevelTwo', 'Country'],
    ['LevelThree', 'Team'],
    ['LevelFour', 'Crew'],
    ['LevelFive', 'Desk'],
  ]);
  expect(after.slice(0, 3).map(([, , id]) => id)).toEqual(before.map(([, , id]) => id));
  await setLevels('Area');
  expect((await structure()).map(([, name]) => name)).toEqual(['Area']);
  expect(await centre.history(String(after[4]?.[2]))).toMatchObject([
    { operation: 'UpdateUserHierarchyStructure', change: 'CREATED', details: { Level: 5 } },
    { change: 'DELETED', details: { Level: 5 } },
  ]);
});

test('an empty request takes the whole structure away, as Terraform does', async () => {
  await setLevels();
  expect(await structure()).toEqual([]);
  await setLevels();
});

test('a level that has groups is in use', async () => {
  await add('France', await add('Europe'));
  const refusal = setLevels('Region');
  await expect(refusal).rejects.toMatchObject({
    code: 'ResourceInUseException',
    members: {
      ResourceType: 'HIERARCHY_LEVEL',
      ResourceId: expect.stringMatching(/:instance\/[^/]+\/agent-group-level\/2$/),
    },
  });
  expect(await structure()).toHaveLength(3);
  await setLevels('Region', 'Country');
});

test('a level needs the one above it, and a name of 50 characters at most', async () => {
  expect(await refusalOf(setLevels('Region', undefined, 'Team'))).toBe('InvalidParameterException');
  expect(await refusalOf(setLevels(undefined, 'Country'))).toBe('InvalidParameterException');
  for (const name of ['', 'x'.repeat(51)]) expect(await refusalOf(setLevels(name))).toBe('InvalidParameterException');
  expect(await refusalOf(setLevels('é'.repeat(50)))).toBe('was not refused');
});

test('a structure that stays as it is leaves no audit entry', async () => {
  const entries = () => centre.db.selectFrom('audit_entry').select('id').execute();
  const before = await entries();
  await setLevels('Region', 'Country', 'Team');
  expect(await entries()).toHaveLength(before.length);
});

test('groups are made below each other, as deep as there are levels', async () => {
  const europe = await add('Europe');
  const france = await add('France', arnOf(centre.instance, 'agent-group', europe), { Tags: { cost: '1' } });
  const paris = await add('Paris', france);
  expect(await describe(france)).toMatchObject({ LevelId: '2', Tags: { cost: '1' } });
  expect(await describe(paris)).toMatchObject({
    LevelId: '3',
    HierarchyPath: { LevelOne: { Id: europe }, LevelTwo: { Id: france }, LevelThree: { Id: paris, Name: 'Paris' } },
  });
  expect(await refusalOf(add('Louvre', paris))).toBe('InvalidRequestException');
  expect(await refusalOf(add('Nowhere', randomUUID()))).toBe('ResourceNotFoundException');
  expect(await refusalOf(add('Nowhere', 'nonsense'))).toBe('InvalidParameterException');
  expect(await centre.history(france)).toMatchObject([
    { change: 'CREATED', details: { Level: 2, ParentGroupId: europe, Tags: { cost: '1' } } },
  ]);
});

test('without levels there are no groups', async () => {
  await setLevels();
  expect(await refusalOf(add('Europe'))).toBe('InvalidRequestException');
});

test('a name is used once under the same parent', async () => {
  const [europe, asia] = [await add('Europe'), await add('Asia')];
  expect(await refusalOf(add('Europe'))).toBe('DuplicateResourceException');
  const sales = await add('Sales', europe);
  const support = await add('Support', europe);
  await add('Sales', asia);
  expect(await refusalOf(add('Sales', europe))).toBe('DuplicateResourceException');
  const rename = (HierarchyGroupId: string, Name: string) =>
    centre.call('UpdateUserHierarchyGroupName', { HierarchyGroupId, Name });
  expect(await refusalOf(rename(support, 'Sales'))).toBe('DuplicateResourceException');
  expect(await refusalOf(rename(asia, 'Europe'))).toBe('DuplicateResourceException');
  expect(await refusalOf(rename(randomUUID(), 'Europe'))).toBe('ResourceNotFoundException');
  expect(await refusalOf(rename(sales, ''))).toBe('InvalidParameterException');
  await rename(sales, 'Selling');
  await rename(sales, 'Selling');
  expect((await describe(sales))?.Name).toBe('Selling');
  expect(await centre.history(sales)).toMatchObject([
    { change: 'CREATED' },
    { change: 'UPDATED', details: { Changes: { Name: { Old: 'Sales', New: 'Selling' } } } },
  ]);
});

test('names have 1 to 100 characters', async () => {
  for (const name of ['', 'x'.repeat(101)]) expect(await refusalOf(add(name))).toBe('InvalidParameterException');
  expect(await refusalOf(add('é'.repeat(100)))).toBe('was not refused');
});

test('a group with users or with groups below it is in use', async () => {
  const europe = await add('Europe');
  const france = await add('France', europe);
  const userId = await centre.addUser({ hierarchyGroupId: france });
  for (const id of [europe, france]) {
    await expect(remove(id)).rejects.toMatchObject({
      code: 'ResourceInUseException',
      members: { ResourceType: 'HIERARCHY_GROUP', ResourceId: arnOf(centre.instance, 'agent-group', id) },
    });
  }
  await centre.call('UpdateUserHierarchy', { UserId: userId });
  await remove(france);
  await remove(arnOf(centre.instance, 'agent-group', europe));
  expect(await refusalOf(remove(europe))).toBe('ResourceNotFoundException');
  expect((await centre.history(france)).map(({ change }) => change)).toEqual(['CREATED', 'DELETED']);
});

test('there are 500 groups and no more, also when two come at once', async () => {
  const common = { instanceId: centre.instance.id, now: new Date(), region: 'us-east-1' };
  const groups = Array.from({ length: 499 }, (_, index) => ({
    ...common,
    id: randomUUID(),
    name: `Group ${index}`,
    level: 1,
    parentGroupId: null,
  }));
  await inTransaction(centre.db, (tx) => insertHierarchyGroups(tx, groups));
  const outcomes = await Promise.all([refusalOf(add('one')), refusalOf(add('two'))]);
  expect(outcomes.sort()).toEqual(['LimitExceededException', 'was not refused']);
});

test('a user who is being put into a group keeps it from going', async () => {
  const europe = await add('Europe');
  const userId = await centre.addUser();
  let deletion: Promise<unknown> = Promise.resolve();
  await inTransaction(centre.db, async (tx) => {
    await lockGroup(tx, centre.instance.id, europe, 'key share');
    await tx.updateTable('users').set({ hierarchy_group_id: europe }).where('id', '=', userId).execute();
    deletion = remove(europe);
    await untilItWaits(centre.db, deletion);
  });
  expect(await refusalOf(deletion)).toBe('ResourceInUseException');
});

test('whoever is put into a group that is going finds it gone', async () => {
  const europe = await add('Europe');
  const userId = await centre.addUser();
  const inputs = { UserId: userId, HierarchyGroupId: europe };
  const waiting: Promise<unknown>[] = [];
  await inTransaction(centre.db, async (tx) => {
    await lockGroup(tx, centre.instance.id, europe, 'update');
    await deleteHierarchyGroup(tx, europe);
    for (const call of [() => centre.call('UpdateUserHierarchy', inputs), () => add('France', europe)]) {
      const work = call();
      waiting.push(work);
      await untilItWaits(centre.db, work);
    }
  });
  for (const work of waiting) expect(await refusalOf(work)).toBe('ResourceNotFoundException');
});

test('a level is not taken away while a group is made on it', async () => {
  const outcomes = await Promise.all([refusalOf(setLevels()), refusalOf(add('Europe'))]);
  // Either came first; what the second finds is true for centre.
  expect([
    ['was not refused', 'InvalidRequestException'],
    ['ResourceInUseException', 'was not refused'],
  ]).toContainEqual(outcomes);
});

test('a search finds groups by each field, and the root that Connect shows', async () => {
  const europe = await add('Europe', undefined, { Tags: { area: 'EMEA', stage: 'live' } });
  const france = await add('France', europe, { Tags: { area: 'EMEA' } });
  await add('Paris_100%', france);
  const all = await search();
  expect(all.ApproximateTotalCount).toBe(4);
  expect(all.UserHierarchyGroups?.map(({ Name, LevelId }) => [Name, LevelId])).toEqual([
    ['Europe', '1'],
    ['France', '2'],
    ['Paris_100%', '3'],
    ['Root', '0'],
  ]);
  expect(all.UserHierarchyGroups?.[1]).toEqual({
    ...(await describe(france)),
    LastModifiedTime: expect.any(Number),
  });
  const root = all.UserHierarchyGroups?.[3];
  expect(await searched('name', 'euro', 'STARTS_WITH')).toEqual(['Europe']);
  expect(await searched('Name', '_100%', 'CONTAINS')).toEqual(['Paris_100%']);
  expect(await searched('parentId', france)).toEqual(['Paris_100%']);
  expect(await searched('parentId', arnOf(centre.instance, 'agent-group', europe))).toEqual(['France']);
  expect(await searched('parentId', root?.Id ?? '')).toEqual(['Europe']);
  expect(await searched('levelId', '0')).toEqual(['Root']);
  expect(await searched('levelId', '2')).toEqual(['France']);
  expect(await searched('resourceID', france)).toEqual(['France']);
  expect(await refusalOf(searched('colour', 'red'))).toBe('InvalidParameterException');
  expect(await refusalOf(describe(root?.Id ?? ''))).toBe('ResourceNotFoundException');
});

test('a search filters by tags and goes page by page', async () => {
  const tags = [{ area: 'EMEA', stage: 'live' }, { area: 'EMEA' }, { area: 'APAC' }, undefined];
  for (const [index, Tags] of tags.entries()) await add(`Group ${index}`, undefined, { Tags });
  const found = async (AttributeFilter: object) =>
    ((await search({ SearchFilter: { AttributeFilter } })).UserHierarchyGroups ?? []).map(({ Name }) => Name);
  const emea = { TagKey: 'area', TagValue: 'EMEA' };
  expect(await found({ TagCondition: emea })).toEqual(['Group 0', 'Group 1']);
  expect(await found({ AndCondition: { TagConditions: [emea, { TagKey: 'stage' }] } })).toEqual(['Group 0']);
  expect(
    await found({
      OrConditions: [
        { TagConditions: [{ TagKey: 'stage' }] },
        { TagConditions: [{ TagKey: 'area', TagValue: 'APAC' }] },
      ],
    }),
  ).toEqual(['Group 0', 'Group 2']);
  expect(await refusalOf(found({ TagCondition: emea, AndCondition: { TagConditions: [emea] } }))).toBe(
    'InvalidParameterException',
  );

  const pages = await allPages((NextToken) => search({ MaxResults: 2, NextToken }));
  expect(pages.map((page) => page.UserHierarchyGroups?.map(({ Name }) => Name))).toEqual([
    ['Group 0', 'Group 1'],
    ['Group 2', 'Group 3'],
    ['Root'],
  ]);
  expect(pages.map((page) => page.ApproximateTotalCount)).toEqual([5, 5, 5]);
  expect(await refusalOf(search({ MaxResults: 101 }))).toBe('InvalidParameterException');
});

test('each change asks for its own permission', async () => {
  const europe = await add('Europe');
  const may = {
    UpdateUserHierarchyStructure: 'AgentGrouping.Edit',
    CreateUserHierarchyGroup: 'AgentGrouping.Create',
    UpdateUserHierarchyGroupName: 'AgentGrouping.Edit',
    DeleteUserHierarchyGroup: 'AgentGrouping.Edit',
  } as const;
  const inputs: Record<string, object> = {
    UpdateUserHierarchyStructure: {
      HierarchyStructure: { LevelOne: { Name: 'Area' }, LevelTwo: { Name: 'Country' }, LevelThree: { Name: 'Team' } },
    },
    CreateUserHierarchyGroup: { Name: 'Asia' },
    UpdateUserHierarchyGroupName: { HierarchyGroupId: europe, Name: 'Old world' },
    DeleteUserHierarchyGroup: { HierarchyGroupId: europe },
  };
  const others = await centre.signedIn(['AgentGrouping.View', 'AgentGrouping.EnableAndDisable', 'Users.Edit']);
  for (const [name, permission] of Object.entries(may)) {
    expect(await refusalOf(centre.send(name, inputs[name] ?? {}, others)), name).toBe('AccessDeniedException');
    const caller = await centre.signedIn([permission]);
    expect(await refusalOf(centre.send(name, inputs[name] ?? {}, caller)), name).toBe('was not refused');
  }
});
