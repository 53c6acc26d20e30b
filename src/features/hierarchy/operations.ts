import type { Operation } from '../../operations/define-operation.ts';

export const hierarchyOperations: readonly Operation[] = [];
