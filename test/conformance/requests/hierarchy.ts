import { tags, type World } from '../world.ts';
import { attributeFilters, criteriaOf, list, nameContains, only, type RequestTable, search } from './request-table.ts';

const fresh = async (world: World) => ({ HierarchyGroupId: await world.makeGroup() });
/** What the world began with: a level that has groups cannot go. */
const levels = { LevelOne: { Name: 'Site' }, LevelTwo: { Name: 'Department' } };

export const hierarchyRequests: RequestTable = {
  DescribeUserHierarchyStructure: only(() => ({})),
  UpdateUserHierarchyStructure: {
    full: () => ({
      HierarchyStructure: {
        ...levels,
        LevelThree: { Name: 'Team' },
        LevelFour: { Name: 'Shift' },
        LevelFive: { Name: 'Desk' },
      },
    }),
    minimal: () => ({ HierarchyStructure: levels }),
  },
  ListUserHierarchyGroups: list('ListUserHierarchyGroups'),
  SearchUserHierarchyGroups: search(
    'SearchUserHierarchyGroups',
    criteriaOf(nameContains('Group')),
    attributeFilters.map((AttributeFilter) => ({ AttributeFilter })),
  ),
  DescribeUserHierarchyGroup: only((world) => ({ HierarchyGroupId: world.group })),
  CreateUserHierarchyGroup: {
    full: (world) => ({ Name: world.fresh('Created group'), ParentGroupId: world.group, Tags: tags }),
    minimal: (world) => ({ Name: world.fresh('Created group') }),
  },
  UpdateUserHierarchyGroupName: only(async (world) => ({ ...(await fresh(world)), Name: world.fresh('Renamed') })),
  DeleteUserHierarchyGroup: only(fresh),
  ListHierarchyTree: only(() => ({})),
};
