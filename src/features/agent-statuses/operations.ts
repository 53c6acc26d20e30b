import type { Operation } from '../../operations/define-operation.ts';

export const agentStatusOperations: readonly Operation[] = [];
