import { associateUserProficiencies } from './associate.ts';
import { disassociateUserProficiencies } from './disassociate.ts';
import { listUserProficiencies } from './read.ts';
import { updateUserProficiencies } from './update.ts';

export const proficiencyOperations = [
  associateUserProficiencies,
  updateUserProficiencies,
  disassociateUserProficiencies,
  listUserProficiencies,
] as const;
