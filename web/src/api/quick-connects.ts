import type { QuickConnect, QuickConnectConfig } from '@aws-sdk/client-connect';
import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { QuickConnectRow, QuickConnectType } from './types.ts';

export interface QuickConnectsRequest {
  readonly NameContains?: string;
  readonly QuickConnectTypes?: readonly QuickConnectType[];
  readonly Orphaned?: boolean;
  readonly UserIds?: readonly string[];
  readonly SortBy?: 'Name' | 'QuickConnectType' | 'Destination';
  readonly SortOrder?: 'ASCENDING' | 'DESCENDING';
  readonly StartIndex?: number;
  readonly MaxResults?: number;
}

export interface QuickConnectPage {
  readonly QuickConnects: readonly QuickConnectRow[];
  readonly TotalCount: number;
  /** Of the whole instance, whatever the filter. */
  readonly OrphanedCount: number;
}

export function searchQuickConnects(request: QuickConnectsRequest, signal?: AbortSignal): Promise<QuickConnectPage> {
  return call('POST', '/quick-connect-destinations/{InstanceId}', { body: request, ...(signal ? { signal } : {}) });
}

export const quickConnectsQuery = (request: QuickConnectsRequest) =>
  queryOptions({
    queryKey: ['quick-connects', request],
    queryFn: ({ signal }) => searchQuickConnects(request, signal),
    gcTime: 0,
  });

const one = (id: string) => `/quick-connects/{InstanceId}/${encodeURIComponent(id)}`;

/** As DescribeQuickConnect answers it; its time is epoch seconds and not read here. */
export type DescribedQuickConnect = Omit<QuickConnect, 'LastModifiedTime'>;

/** One quick connect with the names of what it leads to and the queues that offer it; null when there is none. */
export const quickConnectRowQuery = (id: string) =>
  queryOptions({
    queryKey: ['quick-connect', id],
    queryFn: async ({ signal }): Promise<QuickConnectRow | null> => {
      const { QuickConnect } = await call<{ QuickConnect: DescribedQuickConnect }>('GET', one(id), { signal });
      const found = await searchQuickConnects({ NameContains: QuickConnect.Name ?? '', MaxResults: 500 }, signal);
      return found.QuickConnects.find((row) => row.QuickConnectId === id) ?? null;
    },
    gcTime: 0,
  });

export function createQuickConnect(input: {
  Name: string;
  Description?: string;
  QuickConnectConfig: QuickConnectConfig;
}): Promise<{ QuickConnectId: string; QuickConnectARN: string }> {
  return call('PUT', '/quick-connects/{InstanceId}', { body: input });
}

export function updateQuickConnectName(id: string, input: { Name?: string; Description?: string }): Promise<void> {
  return call('POST', `${one(id)}/name`, { body: input });
}

export function updateQuickConnectConfig(id: string, config: QuickConnectConfig): Promise<void> {
  return call('POST', `${one(id)}/config`, { body: { QuickConnectConfig: config } });
}

/** Both take 50 quick connects a call at most; the form sends one. */
export function setQueueOffers(queueId: string, quickConnectId: string, offered: boolean): Promise<void> {
  const verb = offered ? 'associate' : 'disassociate';
  return call('POST', `/queues/{InstanceId}/${encodeURIComponent(queueId)}/${verb}-quick-connects`, {
    body: { QuickConnectIds: [quickConnectId] },
  });
}

export interface QuickConnectDeletions {
  readonly Deleted: readonly string[];
  readonly Failed: readonly { readonly QuickConnectId: string; readonly ErrorCode: string; readonly Reason: string }[];
}

/** In pieces of 1,000, the operation's limit. */
export async function deleteQuickConnects(ids: readonly string[]): Promise<QuickConnectDeletions> {
  const all = { Deleted: [] as string[], Failed: [] as QuickConnectDeletions['Failed'][number][] };
  for (let start = 0; start < ids.length; start += 1000) {
    const piece = await call<QuickConnectDeletions>('POST', '/quick-connect-deletions/{InstanceId}', {
      body: { QuickConnectIds: ids.slice(start, start + 1000) },
    });
    all.Deleted.push(...piece.Deleted);
    all.Failed.push(...piece.Failed);
  }
  return all;
}
