import {
  associateUserProficiencies,
  disassociateUserProficiencies,
  listUserProficiencies,
  updateUserProficiencies,
} from '../proficiencies/proficiencies.ts';
import { downloadUsers } from '../search/download-users.ts';
import { searchUserDetails } from '../search/search-user-details.ts';
import { getCurrentUserData, putUserStatus } from '../status/user-status.ts';
import { createUser } from './create.ts';
import { deleteUser } from './delete.ts';
import { listTagKeys } from './list-tag-keys.ts';
import { describeUser, listUsers, searchUsers } from './read.ts';
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
  searchUsers,
  updateUserIdentityInfo,
  updateUserPhoneConfig,
  updateUserConfig,
  updateUserRoutingProfile,
  updateUserSecurityProfiles,
  updateUserHierarchy,
  associateSecurityProfiles,
  disassociateSecurityProfiles,
  listEntitySecurityProfiles,
  associateUserProficiencies,
  updateUserProficiencies,
  disassociateUserProficiencies,
  listUserProficiencies,
  putUserStatus,
  getCurrentUserData,
  resetUserPassword,
  deleteUser,
  searchUserDetails,
  downloadUsers,
  listTagKeys,
] as const;
