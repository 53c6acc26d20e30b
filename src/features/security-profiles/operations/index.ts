import { createSecurityProfile } from './create.ts';
import { deleteSecurityProfile } from './delete.ts';
import {
  describeSecurityProfile,
  listAIAgents,
  listApplications,
  listFlowModules,
  listPermissions,
  listSecurityProfiles,
} from './read.ts';
import { searchSecurityProfiles } from './search.ts';
import { updateSecurityProfile } from './update.ts';

export const securityProfileOperations = [
  createSecurityProfile,
  describeSecurityProfile,
  listSecurityProfiles,
  searchSecurityProfiles,
  listPermissions,
  listApplications,
  listFlowModules,
  listAIAgents,
  updateSecurityProfile,
  deleteSecurityProfile,
] as const;
