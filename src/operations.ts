import { absentOperations } from './features/absent/operations.ts';
import { accessKeyOperations } from './features/access-keys/operations.ts';
import { agentStatusOperations } from './features/agent-statuses/operations.ts';
import { flowOperations } from './features/flows/operations.ts';
import { hierarchyOperations } from './features/hierarchy/operations.ts';
import { instanceOperations } from './features/instances/operations.ts';
import { predefinedAttributeOperations } from './features/predefined-attributes/operations.ts';
import { quickConnectOperations } from './features/quick-connects/operations.ts';
import { routingOperations } from './features/routing/operations.ts';
import { securityProfileOperations } from './features/security-profiles/operations.ts';
import { tagOperations } from './features/tags/operations.ts';
import { userBatchOperations } from './features/user-batches/operations.ts';
import { userOperations } from './features/users/operations.ts';
import type { Operation } from './operations/define-operation.ts';

/** Everything that is offered. The wire, the documentation and the access tests all read this list. */
export const allOperations: readonly Operation[] = [
  ...instanceOperations,
  ...userOperations,
  ...userBatchOperations,
  ...quickConnectOperations,
  ...securityProfileOperations,
  ...routingOperations,
  ...hierarchyOperations,
  ...flowOperations,
  ...agentStatusOperations,
  ...predefinedAttributeOperations,
  ...tagOperations,
  ...accessKeyOperations,
  ...absentOperations,
];
