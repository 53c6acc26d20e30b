import type { CompiledOperation } from '../../src/connect-api/compile-operation.ts';
import type { Input } from '../support/wire-request.ts';
import { absentRequests } from './requests/absent.ts';
import { accountRequests } from './requests/account.ts';
import { agentActivityRequests } from './requests/agent-activity.ts';
import { contactRequests } from './requests/contacts.ts';
import { flowRequests } from './requests/flows.ts';
import { hierarchyRequests } from './requests/hierarchy.ts';
import { historicalChangeRequests } from './requests/historical-changes.ts';
import { hoursRequests } from './requests/hours.ts';
import { metricRequests } from './requests/metrics.ts';
import { quickConnectRequests } from './requests/quick-connects.ts';
import type { Build, Requests, RequestTable } from './requests/request-table.ts';
import { routingRequests } from './requests/routing.ts';
import { savedReportRequests } from './requests/saved-reports.ts';
import { securityProfileRequests } from './requests/security-profiles.ts';
import { attributeRequests, statusRequests } from './requests/statuses-and-attributes.ts';
import { userBatchRequests, userRequests } from './requests/users.ts';
import type { World } from './world.ts';

/** The requests that stand for each operation that is offered. A new operation needs a line in one of these. */
export const requestTable: RequestTable = {
  ...accountRequests,
  ...userRequests,
  ...userBatchRequests,
  ...quickConnectRequests,
  ...securityProfileRequests,
  ...routingRequests,
  ...hoursRequests,
  ...hierarchyRequests,
  ...flowRequests,
  ...statusRequests,
  ...attributeRequests,
  ...contactRequests,
  ...agentActivityRequests,
  ...metricRequests,
  ...savedReportRequests,
  ...historicalChangeRequests,
  ...absentRequests,
};

/** @throws Error that says what to do */
export function requestsOf(name: string): Requests {
  const requests = requestTable[name];
  if (requests) return requests;
  throw new Error(
    `${name} is offered, but test/conformance/requests has no full and minimal request for it: add them.`,
  );
}

export interface BuiltRequest {
  readonly kind: string;
  readonly build: (world: World) => Promise<Input>;
}

/** All requests of an operation, full one first, with the instance that they go to. */
export function allRequestsOf(operation: CompiledOperation): BuiltRequest[] {
  const { full, minimal, others = [] } = requestsOf(operation.operation.name);
  const built = (kind: string, build: Build) => ({
    kind,
    build: async (world: World) => inInstance(operation, world.instance.id, await build(world)),
  });
  return [
    built('full', full),
    built('minimal', minimal),
    ...others.map((build, index) => built(`other ${index + 1}`, build)),
  ];
}

/** The input with the InstanceId, if the operation has one and it is not there. */
export function inInstance({ labels, body, query }: CompiledOperation, InstanceId: string, input: Input): Input {
  const members = [...labels.map(({ member }) => member), ...query, ...body];
  return members.some(({ name }) => name === 'InstanceId') ? { InstanceId, ...input } : input;
}
