import { kind } from './kind.ts';

export const userBatch = kind({
  words: ['user batch', 'user batches'],
  table: 'user_batch',
  name: null,
  members: ['UserBatchId'],
});
