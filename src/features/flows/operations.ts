import type { Operation } from '../../operations/define-operation.ts';
import { flowChanges } from './operations/change-flows.ts';
import { moduleChanges } from './operations/change-modules.ts';
import { flowReads } from './operations/read-flows.ts';
import { moduleReads } from './operations/read-modules.ts';

export const flowOperations: readonly Operation[] = [...flowReads, ...flowChanges, ...moduleReads, ...moduleChanges];
