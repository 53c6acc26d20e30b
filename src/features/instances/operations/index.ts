import { attributeOperations } from './attributes.ts';
import { createInstance } from './create-instance.ts';
import { deleteInstance } from './delete-instance.ts';
import { describeSampleHistory } from './describe-sample-history.ts';
import { describeInstance, listInstances } from './read-instances.ts';

export const instanceOperations = [
  createInstance,
  describeInstance,
  listInstances,
  deleteInstance,
  describeSampleHistory,
  ...attributeOperations,
] as const;
