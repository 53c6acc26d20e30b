import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { allPages, refusalOf } from '../../../test/support/callers.ts';
import { centreForFile } from '../../../test/support/centre.ts';
import { inTransaction } from '../../database/transaction.ts';
import { treeOf } from './rules.ts';
import { insertHierarchyGroups, setHierarchyLevels } from './store.ts';

const centre = centreForFile();
const [world, europe, support, asia] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
const levels = ['Region', 'Country', 'Team'].map((name, index) => ({ level: index + 1, id: randomUUID(), name }));

beforeAll(async () => {
  const common = { instanceId: centre.instance.id, now: new Date('2026-01-02T03:04:05Z'), region: 'us-east-1' };
  await inTransaction(centre.db, async (tx) => {
    await setHierarchyLevels(tx, centre.instance.id, levels, common);
    await insertHierarchyGroups(tx, [
      { ...common, id: support, name: 'Support', level: 3, parentGroupId: europe, tags: { kind: 'team' } },
      { ...common, id: europe, name: 'Europe', level: 2, parentGroupId: world },
      { ...common, id: world, name: 'World', level: 1, parentGroupId: null },
      { ...common, id: asia, name: 'asia', level: 2, parentGroupId: world },
    ]);
  });
});

test('the structure shows the levels that are defined', async () => {
  const { HierarchyStructure } = await centre.call('DescribeUserHierarchyStructure', {});
  expect(Object.keys(HierarchyStructure ?? {})).toEqual(['LevelOne', 'LevelTwo', 'LevelThree']);
  expect(HierarchyStructure?.LevelTwo).toMatchObject({
    Id: levels[1]?.id,
    Name: 'Country',
    Arn: expect.stringMatching(/\/agent-group-level\/2$/),
    LastModifiedRegion: 'us-east-1',
  });
});

test('a level can be renamed and keeps its id', async () => {
  const renamed = [{ level: 3, id: randomUUID(), name: 'Crew' }];
  await inTransaction(centre.db, (tx) =>
    setHierarchyLevels(tx, centre.instance.id, renamed, { now: new Date(), region: 'us-east-1' }),
  );
  const { HierarchyStructure } = await centre.call('DescribeUserHierarchyStructure', {});
  expect(HierarchyStructure?.LevelThree).toMatchObject({ Id: levels[2]?.id, Name: 'Crew' });
});

// The example of the AWS CLI's describe-user-hierarchy-group: "LevelId": "1", while describe-user-hierarchy-structure shows
// a level with an "Id" of its own and an ARN that ends in its number.
test('a group is described with the number of its level, and with its path from the top', async () => {
  const described = await centre.call('DescribeUserHierarchyGroup', {
    HierarchyGroupId: support,
  });
  expect(described.HierarchyGroup).toMatchObject({
    Id: support,
    Name: 'Support',
    LevelId: '3',
    Tags: { kind: 'team' },
    HierarchyPath: {
      LevelOne: { Id: world, Name: 'World' },
      LevelTwo: { Id: europe, Name: 'Europe' },
      LevelThree: { Id: support, Name: 'Support' },
    },
  });
  expect(await centre.call('DescribeUserHierarchyGroup', { HierarchyGroupId: described.HierarchyGroup?.Arn })).toEqual(
    described,
  );
  const unknown = centre.call('DescribeUserHierarchyGroup', { HierarchyGroupId: randomUUID() });
  expect(await refusalOf(unknown)).toBe('ResourceNotFoundException');
});

test('groups are listed by name, page by page', async () => {
  const pages = await allPages((NextToken) => centre.call('ListUserHierarchyGroups', { MaxResults: 1, NextToken }));
  const names = pages.flatMap((page) => (page.UserHierarchyGroupSummaryList ?? []).map(({ Name }) => Name));
  expect(names).toEqual(['asia', 'Europe', 'Support', 'World']);
});

test('the tree stands in one answer, each group behind its parent', async () => {
  expect(await centre.call('ListHierarchyTree', {})).toMatchObject({
    Levels: [
      { Level: 1, Name: 'Region' },
      { Level: 2, Name: 'Country' },
      { Level: 3, Name: 'Crew' },
    ],
    Groups: [
      { Id: world, Level: 1, Path: 'World' },
      { Id: asia, ParentGroupId: world, Path: 'World / asia' },
      { Id: europe, ParentGroupId: world, Path: 'World / Europe' },
      { Id: support, Level: 3, ParentGroupId: europe, Path: 'World / Europe / Support' },
    ],
  });
});

test('whoever sees users sees the hierarchy', async () => {
  for (const permission of ['Users.View', 'AgentGrouping.View'] as const) {
    const caller = await centre.signedIn([permission]);
    expect(await refusalOf(centre.call('ListHierarchyTree', {}, caller))).toBe('was not refused');
  }
  const other = await centre.signedIn(['Queues.View']);
  expect(await refusalOf(centre.call('ListHierarchyTree', {}, other))).toBe('AccessDeniedException');
});

test('groups with the same name keep one order', () => {
  const twins = ['b', 'a'].map((id) => ({ id, name: 'twin', level: 1, parentGroupId: null }));
  expect(treeOf(twins).map(({ id }) => id)).toEqual(['a', 'b']);
});
