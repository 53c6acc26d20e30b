import { createStatus } from './create.ts';
import { describeStatus, listStatuses } from './read.ts';
import { searchStatuses } from './search.ts';
import { updateStatus } from './update.ts';

export const agentStatusOperations = [
  listStatuses,
  describeStatus,
  createStatus,
  updateStatus,
  searchStatuses,
] as const;
