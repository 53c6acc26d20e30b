import { createAccessKey } from './create.ts';
import { removeAccessKey } from './delete.ts';
import { listKeys } from './read.ts';
import { changeAccessKey } from './update.ts';

export const accessKeyOperations = [createAccessKey, listKeys, changeAccessKey, removeAccessKey] as const;
