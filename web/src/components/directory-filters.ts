import { queuesQuery, routingProfilesQuery } from '../api/directory.ts';
import { useMay } from '../api/session.ts';

/** What lists are filtered by, for those who may read it: whoever sees what refers to it, as the server has it. */
export const directoryFilters = {
  queue: {
    label: 'Queue',
    query: queuesQuery,
    needs: ['Queues.View', 'TransferDestinations.View', 'RoutingPolicies.View'],
  },
  routingProfile: {
    label: 'Routing profile',
    query: routingProfilesQuery,
    needs: ['RoutingPolicies.View', 'Users.View'],
  },
  hierarchy: { label: 'Agent hierarchy', needs: ['AgentGrouping.View', 'Users.View'] },
} as const;

export function useMayFilterBy(of: keyof typeof directoryFilters): boolean {
  const may = useMay();
  return directoryFilters[of].needs.some((permission) => may(permission));
}
