import type { Operation } from '../../operations/define-operation.ts';

export const routingOperations: readonly Operation[] = [];
