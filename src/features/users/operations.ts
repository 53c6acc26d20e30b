import { deleteUser } from './delete-user.ts';
import { createUser } from './operations/create-user.ts';
import { listTagKeys } from './operations/list-tag-keys.ts';
import {
  associateUserProficiencies,
  disassociateUserProficiencies,
  listUserProficiencies,
  updateUserProficiencies,
} from './operations/proficiencies.ts';
import { describeUser, listUsers, searchUsers } from './operations/read-users.ts';
import { resetUserPassword } from './operations/reset-user-password.ts';
import { searchUserDetails } from './operations/search-user-details.ts';
import {
  updateUserConfig,
  updateUserHierarchy,
  updateUserIdentityInfo,
  updateUserPhoneConfig,
  updateUserRoutingProfile,
} from './operations/update-user.ts';
import {
  associateSecurityProfiles,
  disassociateSecurityProfiles,
  listEntitySecurityProfiles,
  updateUserSecurityProfiles,
} from './operations/user-security-profiles.ts';
import { getCurrentUserData, putUserStatus } from './operations/user-status.ts';

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
  listTagKeys,
] as const;
