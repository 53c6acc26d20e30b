import {
  associateQueueQuickConnects,
  disassociateQueueQuickConnects,
  listQueueQuickConnects,
} from './operations/associate.ts';
import { createQuickConnect } from './operations/create.ts';
import { batchDeleteQuickConnects, deleteQuickConnect } from './operations/delete.ts';
import { describe, list, search } from './operations/read.ts';
import { searchQuickConnectDestinations } from './operations/search-destinations.ts';
import { updateConfig, updateName } from './operations/update.ts';

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
