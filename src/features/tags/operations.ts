import type { Operation } from '../../operations/define-operation.ts';

export const tagOperations: readonly Operation[] = [];
