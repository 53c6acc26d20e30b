import type { Operation } from '../../operations/define-operation.ts';

export const quickConnectOperations: readonly Operation[] = [];
