import { createGroup, deleteGroup, renameGroup } from './change-groups.ts';
import { describeGroup, describeStructure, listGroups, tree } from './read.ts';
import { searchGroups } from './search-groups.ts';
import { updateStructure } from './update-structure.ts';

export const hierarchyOperations = [
  describeStructure,
  updateStructure,
  listGroups,
  searchGroups,
  describeGroup,
  createGroup,
  renameGroup,
  deleteGroup,
  tree,
] as const;
