import type { World } from '../world.ts';
import { list, only, type RequestTable } from './request-table.ts';

const range = { StartTime: new Date(Date.UTC(2026, 10, 1)), EndTime: new Date(Date.UTC(2026, 10, 7)) };
const activity = (world: World) => ({ AgentIds: [world.user, world.otherUser], ...range });
const zone = { TimeZone: 'Europe/Berlin' };
const filters = (world: World) => ({
  Filters: {
    AgentIds: [world.user],
    RoutingProfileIds: [world.routingProfile],
    HierarchyGroupIds: [world.group],
  },
});

/** What agents did. */
export const agentActivityRequests: RequestTable = {
  ImportAgentEvents: {
    full: (world) => ({ Records: world.agentEvents(), AnyInstance: false, DryRun: false }),
    minimal: (world) => ({ Records: world.agentEvents().slice(0, 1) }),
  },
  CheckAgentHistory: only((world) => ({ Login: world.agentLogin, ...range })),
  GetAgentActivity: list('GetAgentActivity', activity, () => zone),
  DownloadAgentActivity: { full: (world) => ({ ...activity(world), ...zone }), minimal: activity },
  GetLoginLogoutReport: list(
    'GetLoginLogoutReport',
    () => range,
    (world) => ({ ...filters(world), ...zone }),
  ),
  DownloadLoginLogoutReport: {
    full: (world) => ({ ...range, ...filters(world), ...zone }),
    minimal: () => range,
  },
};
