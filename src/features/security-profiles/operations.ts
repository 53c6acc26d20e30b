import type { Operation } from '../../operations/define-operation.ts';

export const securityProfileOperations: readonly Operation[] = [];
