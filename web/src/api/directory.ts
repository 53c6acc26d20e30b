import { queryOptions } from '@tanstack/react-query';
import { call, listAll } from './client.ts';
import type { Named } from './types.ts';

/** What forms and filters choose from. Kept for five minutes: these change seldom. */
const kept = { staleTime: 300_000 };

const byName = (a: Named, b: Named) => a.Name.localeCompare(b.Name);

interface Choice {
  readonly Id?: string | undefined;
  readonly Name?: string | undefined;
}

function choices(key: string, list: (signal: AbortSignal) => Promise<readonly Choice[]>) {
  return queryOptions({
    queryKey: ['directory', key],
    queryFn: async ({ signal }): Promise<Named[]> =>
      (await list(signal)).map((item) => ({ Id: item.Id ?? '', Name: item.Name ?? item.Id ?? '' })).sort(byName),
    ...kept,
  });
}

export const routingProfilesQuery = choices('routing-profiles', (signal) =>
  listAll('ListRoutingProfiles', 'RoutingProfileSummaryList', {}, { signal }),
);
export const securityProfilesQuery = choices('security-profiles', (signal) =>
  listAll('ListSecurityProfiles', 'SecurityProfileSummaryList', {}, { signal }),
);
/** Standard queues only: without the filter the list is drowned in one agent queue for every user. */
export const queuesQuery = choices('queues', (signal) =>
  listAll('ListQueues', 'QueueSummaryList', { QueueTypes: ['STANDARD'] }, { signal }),
);

/** The flows that a quick connect may run: of a type, or any. */
export const flowsQuery = (type: 'AGENT_TRANSFER' | 'QUEUE_TRANSFER' | 'ANY') =>
  choices(`flows-${type}`, (signal) =>
    listAll(
      'ListContactFlows',
      'ContactFlowSummaryList',
      { ContactFlowTypes: type === 'ANY' ? undefined : [type] },
      { signal },
    ),
  );

export const hierarchyQuery = queryOptions({
  queryKey: ['directory', 'hierarchy'],
  queryFn: ({ signal }) => call('ListHierarchyTree', {}, { signal }),
  ...kept,
});

export const tagKeysQuery = queryOptions({
  queryKey: ['directory', 'tag-keys'],
  queryFn: async ({ signal }) => (await call('ListTagKeys', {}, { signal })).Tags,
  ...kept,
});
