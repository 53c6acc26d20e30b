import { getCurrentUserData } from './read.ts';
import { putUserStatus } from './update.ts';

export const statusOperations = [putUserStatus, getCurrentUserData] as const;
