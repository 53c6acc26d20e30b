import type { Operation } from '../../operations/define-operation.ts';

export const flowOperations: readonly Operation[] = [];
