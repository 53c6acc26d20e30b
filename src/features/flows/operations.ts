import { flowChanges } from './operations/change-flows.ts';
import { moduleChanges } from './operations/change-modules.ts';
import { flowReads } from './operations/read-flows.ts';
import { moduleReads } from './operations/read-modules.ts';

export const flowOperations = [...flowReads, ...flowChanges, ...moduleReads, ...moduleChanges] as const;
