import { attributeOperations } from './operations/attributes.ts';
import { createInstance } from './operations/create-instance.ts';
import { deleteInstance } from './operations/delete-instance.ts';
import { describeInstance, listInstances } from './operations/read-instances.ts';

export const instanceOperations = [
  createInstance,
  describeInstance,
  listInstances,
  deleteInstance,
  ...attributeOperations,
] as const;
