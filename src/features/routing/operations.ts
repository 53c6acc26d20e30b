import { hoursOperations } from './operations/hours.ts';
import { queueOperations } from './operations/queues.ts';
import { routingProfileOperations } from './operations/routing-profiles.ts';

export const routingOperations = [...routingProfileOperations, ...queueOperations, ...hoursOperations] as const;
