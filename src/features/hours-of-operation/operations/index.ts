import { createHours } from './create.ts';
import { deleteHoursOfOperation } from './delete.ts';
import { effectiveHours } from './effective-hours.ts';
import { overrides } from './overrides.ts';
import { parentHours } from './parents.ts';
import { describeHours, listHours } from './read.ts';
import { searchHours, searchOverrides } from './search.ts';
import { updateHoursOfOperation } from './update.ts';

export const hoursOperations = [
  createHours,
  updateHoursOfOperation,
  deleteHoursOfOperation,
  describeHours,
  listHours,
  searchHours,
  ...overrides,
  searchOverrides,
  effectiveHours,
  ...parentHours,
] as const;
