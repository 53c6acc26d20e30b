import { flowChanges } from './change-flows.ts';
import { moduleChanges } from './change-modules.ts';
import { flowReads } from './read-flows.ts';
import { moduleReads } from './read-modules.ts';

export const flowOperations = [...flowReads, ...flowChanges, ...moduleReads, ...moduleChanges] as const;
