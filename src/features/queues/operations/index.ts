import { createQueue } from './create.ts';
import { deleteQueue } from './delete.ts';
import { describeQueue, listQueueEmailAddresses, listQueues } from './read.ts';
import { searchQueues } from './search.ts';
import { queueUpdates } from './update.ts';

export const queueOperations = [
  createQueue,
  describeQueue,
  listQueues,
  listQueueEmailAddresses,
  searchQueues,
  ...queueUpdates,
  deleteQueue,
] as const;
