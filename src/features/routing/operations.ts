import type { Operation } from '../../operations/define-operation.ts';
import { hoursOperations } from './operations/hours.ts';
import { queueOperations } from './operations/queues.ts';
import { routingProfileOperations } from './operations/routing-profiles.ts';

export const routingOperations: readonly Operation[] = [
  ...routingProfileOperations,
  ...queueOperations,
  ...hoursOperations,
];
