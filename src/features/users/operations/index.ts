import { proficiencyOperations } from '../proficiencies/operations/index.ts';
import { searchOperations } from '../search/operations/index.ts';
import { statusOperations } from '../status/operations/index.ts';
import { createUser } from './create.ts';
import { deleteUser } from './delete.ts';
import { describeUser, listUsers } from './read.ts';
import { resetUserPassword } from './reset-password.ts';
import {
  associateSecurityProfiles,
  disassociateSecurityProfiles,
  listEntitySecurityProfiles,
  updateUserSecurityProfiles,
} from './security-profiles.ts';
import {
  updateUserConfig,
  updateUserHierarchy,
  updateUserIdentityInfo,
  updateUserPhoneConfig,
  updateUserRoutingProfile,
} from './update.ts';

export const userOperations = [
  createUser,
  describeUser,
  listUsers,
  updateUserIdentityInfo,
  updateUserPhoneConfig,
  updateUserConfig,
  updateUserRoutingProfile,
  updateUserSecurityProfiles,
  updateUserHierarchy,
  associateSecurityProfiles,
  disassociateSecurityProfiles,
  listEntitySecurityProfiles,
  ...proficiencyOperations,
  ...statusOperations,
  resetUserPassword,
  deleteUser,
  ...searchOperations,
] as const;
