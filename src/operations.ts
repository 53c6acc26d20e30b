import { absentOperations } from './features/absent/operations/index.ts';
import { accessKeyOperations } from './features/access-keys/operations/index.ts';
import { agentActivityOperations } from './features/agent-activity/operations/index.ts';
import { agentStatusOperations } from './features/agent-statuses/operations/index.ts';
import { contactOperations } from './features/contacts/operations/index.ts';
import { flowModuleOperations } from './features/flow-modules/operations/index.ts';
import { flowOperations } from './features/flows/operations/index.ts';
import { hierarchyOperations } from './features/hierarchy/operations/index.ts';
import { historicalChangeOperations } from './features/historical-changes/operations/index.ts';
import { hoursOperations } from './features/hours-of-operation/operations/index.ts';
import { instanceOperations } from './features/instances/operations/index.ts';
import { metricOperations } from './features/metrics/operations/index.ts';
import { predefinedAttributeOperations } from './features/predefined-attributes/operations/index.ts';
import { queueOperations } from './features/queues/operations/index.ts';
import { quickConnectOperations } from './features/quick-connects/operations/index.ts';
import { recordingOperations } from './features/recordings/operations/index.ts';
import { routingProfileOperations } from './features/routing-profiles/operations/index.ts';
import { savedReportOperations } from './features/saved-reports/operations/index.ts';
import { securityProfileOperations } from './features/security-profiles/operations/index.ts';
import { tagOperations } from './features/tags/operations/index.ts';
import { userBatchOperations } from './features/user-batches/operations/index.ts';
import { userOperations } from './features/users/operations/index.ts';
import type { AnsweredBy, Operation, TakenBy } from './operations/define-operation.ts';
import type { Answered, Sent } from './operations/wire-types.ts';

const offered = [
  ...instanceOperations,
  ...userOperations,
  ...userBatchOperations,
  ...quickConnectOperations,
  ...securityProfileOperations,
  ...routingProfileOperations,
  ...queueOperations,
  ...hoursOperations,
  ...hierarchyOperations,
  ...flowOperations,
  ...flowModuleOperations,
  ...agentStatusOperations,
  ...predefinedAttributeOperations,
  ...tagOperations,
  ...contactOperations,
  ...agentActivityOperations,
  ...metricOperations,
  ...savedReportOperations,
  ...historicalChangeOperations,
  ...accessKeyOperations,
  ...recordingOperations,
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
