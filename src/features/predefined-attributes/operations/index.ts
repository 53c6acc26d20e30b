import { createAttribute } from './create.ts';
import { deleteAttribute } from './delete.ts';
import { describeAttribute, listAttributes } from './read.ts';
import { searchAttributes } from './search.ts';
import { updateAttribute } from './update.ts';

export const predefinedAttributeOperations = [
  createAttribute,
  describeAttribute,
  updateAttribute,
  deleteAttribute,
  listAttributes,
  searchAttributes,
] as const;
