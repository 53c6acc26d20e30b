import {
  associateRoutingProfileQueues,
  disassociateRoutingProfileQueues,
  updateRoutingProfileQueues,
} from './associate-queues.ts';
import { createRoutingProfile } from './create.ts';
import { deleteRoutingProfile } from './delete.ts';
import { describeRoutingProfile, listManualAssignment, listProfiles, listRoutingProfileQueues } from './read.ts';
import { searchRoutingProfiles } from './search.ts';
import { routingProfileUpdates } from './update.ts';

export const routingProfileOperations = [
  createRoutingProfile,
  describeRoutingProfile,
  listProfiles,
  searchRoutingProfiles,
  ...routingProfileUpdates,
  deleteRoutingProfile,
  listRoutingProfileQueues,
  listManualAssignment,
  associateRoutingProfileQueues,
  disassociateRoutingProfileQueues,
  updateRoutingProfileQueues,
] as const;
