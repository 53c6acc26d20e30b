import type { Operation } from '../../operations/define-operation.ts';

export const instanceOperations: readonly Operation[] = [];
