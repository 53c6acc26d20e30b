import { absentOperations } from './features/absent/operations.ts';
import { accessKeyOperations } from './features/access-keys/operations.ts';
import { agentStatusOperations } from './features/agent-statuses/operations.ts';
import { contactOperations } from './features/contacts/operations.ts';
import { flowOperations } from './features/flows/operations.ts';
import { hierarchyOperations } from './features/hierarchy/operations.ts';
import { historicalChangeOperations } from './features/historical-changes/operations.ts';
import { instanceOperations } from './features/instances/operations.ts';
import { predefinedAttributeOperations } from './features/predefined-attributes/operations.ts';
import { quickConnectOperations } from './features/quick-connects/operations.ts';
import { routingOperations } from './features/routing/operations.ts';
import { securityProfileOperations } from './features/security-profiles/operations.ts';
import { tagOperations } from './features/tags/operations.ts';
import { userBatchOperations } from './features/user-batches/operations.ts';
import { userOperations } from './features/users/operations.ts';
import type { AnsweredBy, Operation, TakenBy } from './operations/define-operation.ts';
import type { Answered, Sent } from './operations/wire-types.ts';

const offered = [
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
  ...contactOperations,
  ...historicalChangeOperations,
  ...accessKeyOperations,
  ...absentOperations,
] as const;

/** Everything that is offered. The wire, the documentation and the access tests all read this list. */
export const allOperations: readonly Operation[] = offered;

type Operations = { readonly [O in (typeof offered)[number] as O['name']]: O };

/** The types of every call, by the operation's name: for the website and the tests, which have no others. */
export type OperationName = keyof Operations;
/** What a client sends. */
export type InputOf<Name extends OperationName> = Sent<TakenBy<Operations[Name]>>;
/** What a client gets. */
export type OutputOf<Name extends OperationName> = Answered<AnsweredBy<Operations[Name]>>;
