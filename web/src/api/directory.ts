import { queryOptions } from '@tanstack/react-query';
import { call, listAll, type Query } from './client.ts';
import type { HierarchyTree, Named, TagKey } from './types.ts';

/** What forms and filters choose from. Kept for five minutes: these change seldom. */
const kept = { staleTime: 300_000 };

const byName = (a: Named, b: Named) => a.Name.localeCompare(b.Name);

function choices(key: string, path: string, member: string, query: Query = {}) {
  return queryOptions({
    queryKey: ['directory', key],
    queryFn: async ({ signal }): Promise<Named[]> =>
      (await listAll<Partial<Named>>(path, member, query, signal))
        .map((item) => ({ Id: item.Id ?? '', Name: item.Name ?? item.Id ?? '' }))
        .sort(byName),
    ...kept,
  });
}

export const routingProfilesQuery = choices(
  'routing-profiles',
  '/routing-profiles-summary/{InstanceId}',
  'RoutingProfileSummaryList',
);
export const securityProfilesQuery = choices(
  'security-profiles',
  '/security-profiles-summary/{InstanceId}',
  'SecurityProfileSummaryList',
);
/** Standard queues only: without the filter the list is drowned in one agent queue for every user. */
export const queuesQuery = choices('queues', '/queues-summary/{InstanceId}', 'QueueSummaryList', {
  queueTypes: ['STANDARD'],
});

/** The flows that a quick connect may run: of a type, or any. */
export const flowsQuery = (type: 'AGENT_TRANSFER' | 'QUEUE_TRANSFER' | 'ANY') =>
  choices(`flows-${type}`, '/contact-flows-summary/{InstanceId}', 'ContactFlowSummaryList', {
    contactFlowTypes: type === 'ANY' ? undefined : [type],
  });

export const hierarchyQuery = queryOptions({
  queryKey: ['directory', 'hierarchy'],
  queryFn: ({ signal }) => call<HierarchyTree>('GET', '/user-hierarchy-tree/{InstanceId}', { signal }),
  ...kept,
});

export const tagKeysQuery = queryOptions({
  queryKey: ['directory', 'tag-keys'],
  queryFn: async ({ signal }) =>
    (await call<{ Tags: TagKey[] }>('GET', '/user-tag-keys/{InstanceId}', { signal })).Tags,
  ...kept,
});
