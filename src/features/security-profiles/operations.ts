import { createSecurityProfile } from './operations/create.ts';
import { deleteSecurityProfile } from './operations/delete.ts';
import {
  describeSecurityProfile,
  listAIAgents,
  listApplications,
  listFlowModules,
  listPermissions,
  listSecurityProfiles,
} from './operations/read.ts';
import { searchSecurityProfiles } from './operations/search.ts';
import { updateSecurityProfile } from './operations/update.ts';

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
