import { associateQueueQuickConnects, disassociateQueueQuickConnects, listQueueQuickConnects } from './associate.ts';
import { createQuickConnect } from './create.ts';
import { batchDeleteQuickConnects, deleteQuickConnect } from './delete.ts';
import { describe, list, search } from './read.ts';
import { searchQuickConnectDestinations } from './search-destinations.ts';
import { updateConfig, updateName } from './update.ts';

export const quickConnectOperations = [
  createQuickConnect,
  describe,
  list,
  search,
  searchQuickConnectDestinations,
  updateName,
  updateConfig,
  deleteQuickConnect,
  batchDeleteQuickConnects,
  associateQueueQuickConnects,
  disassociateQueueQuickConnects,
  listQueueQuickConnects,
] as const;
