import { downloadUsers } from './download-users.ts';
import { listTagKeys } from './list-tag-keys.ts';
import { searchUserDetails } from './search-user-details.ts';
import { searchUsers } from './search-users.ts';

export const searchOperations = [searchUsers, searchUserDetails, downloadUsers, listTagKeys] as const;
