import { createGroup } from './create.ts';
import { deleteGroup } from './delete.ts';
import { describeGroup, describeStructure, listGroups, tree } from './read.ts';
import { searchGroups } from './search.ts';
import { renameGroup } from './update.ts';
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
