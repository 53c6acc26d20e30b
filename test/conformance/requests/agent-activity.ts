import type { RequestTable } from './request-table.ts';

/** What agents did. */
export const agentActivityRequests: RequestTable = {
  ImportAgentEvents: {
    full: (world) => ({ Records: world.agentEvents(), AnyInstance: false, DryRun: false }),
    minimal: (world) => ({ Records: world.agentEvents().slice(0, 1) }),
  },
};
