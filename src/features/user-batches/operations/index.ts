import { dismissUserBatch, pauseUserBatch, resumeUserBatch, stopUserBatch } from './change-user-batch.ts';
import { previewUserDeletion } from './preview-user-deletion.ts';
import { downloadUserBatchResults, listUserBatchResults } from './read-results.ts';
import { describeUserBatch, listUserBatches } from './read-user-batches.ts';
import { retryUserBatch } from './retry-user-batch.ts';
import { startUserDeletion } from './start-user-deletion.ts';

export const userBatchOperations = [
  previewUserDeletion,
  startUserDeletion,
  describeUserBatch,
  listUserBatches,
  listUserBatchResults,
  downloadUserBatchResults,
  retryUserBatch,
  pauseUserBatch,
  resumeUserBatch,
  stopUserBatch,
  dismissUserBatch,
] as const;
