import { dismissUserBatch, pauseUserBatch, resumeUserBatch, stopUserBatch } from './operations/change-user-batch.ts';
import { previewUserDeletion } from './operations/preview-user-deletion.ts';
import { downloadUserBatchResults, listUserBatchResults } from './operations/read-results.ts';
import { describeUserBatch, listUserBatches } from './operations/read-user-batches.ts';
import { retryUserBatch } from './operations/retry-user-batch.ts';
import { startUserDeletion } from './operations/start-user-deletion.ts';

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
