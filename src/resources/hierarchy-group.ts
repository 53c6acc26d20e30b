import { kind } from './kind.ts';

const sees = ['AgentGrouping.View', 'AgentGrouping.Edit', 'Users.View', 'Users.Edit', 'Users.Create'] as const;

export const hierarchyGroup = kind({
  words: ['hierarchy group', 'hierarchy groups'],
  table: 'hierarchy_group',
  name: 'name',
  sees,
  seesNames: sees,
  // The others are documented; this name is inferred from the way in which they are called in CloudFormation.
  restrictedAs: 'UserHierarchyGroup',
  tags: { view: ['AgentGrouping.View', 'AgentGrouping.Edit'], edit: 'AgentGrouping.Edit' },
  quota: 500,
  members: [
    'HierarchyGroupId',
    'HierarchyGroupIds',
    'ParentGroupId',
    'L1Ids',
    'L2Ids',
    'L3Ids',
    'L4Ids',
    'L5Ids',
    'AllowedAccessControlHierarchyGroupId',
    'HierarchyGroupCondition.Value',
    'Filters.UserHierarchyGroups',
  ],
  searchedBy: ['parentId'],
  filterKeys: ['ONE', 'TWO', 'THREE', 'FOUR', 'FIVE'].map((level) => `AGENT_HIERARCHY_LEVEL_${level}`),
  foundBy: ['SearchUserHierarchyGroups'],
});

export const hierarchyLevel = kind({
  words: ['hierarchy level', 'hierarchy levels'],
  table: 'hierarchy_level',
  name: 'name',
  members: [],
});
