import { queryOptions } from '@tanstack/react-query';
import { call } from './client.ts';
import type { InputTo, OutputOf } from './operations.ts';
import type { QuickConnectRow } from './types.ts';

export type QuickConnectsRequest = InputTo<'SearchQuickConnectDestinations'>;

export const searchQuickConnects = (request: QuickConnectsRequest, signal?: AbortSignal) =>
  call('SearchQuickConnectDestinations', request, { signal });

/** One quick connect with the names of what it leads to and the queues that offer it; null when there is none. */
export const quickConnectRowQuery = (id: string) =>
  queryOptions({
    queryKey: ['quick-connect', id],
    queryFn: async ({ signal }): Promise<QuickConnectRow | null> => {
      const { QuickConnect } = await call('DescribeQuickConnect', { QuickConnectId: id }, { signal });
      const found = await searchQuickConnects({ NameContains: QuickConnect?.Name ?? '', MaxResults: 500 }, signal);
      return found.QuickConnects.find((row) => row.QuickConnectId === id) ?? null;
    },
    gcTime: 0,
  });

export const createQuickConnect = (input: InputTo<'CreateQuickConnect'>) => call('CreateQuickConnect', input);

export const updateQuickConnectName = (id: string, input: Omit<InputTo<'UpdateQuickConnectName'>, 'QuickConnectId'>) =>
  call('UpdateQuickConnectName', { QuickConnectId: id, ...input });

export const updateQuickConnectConfig = (
  id: string,
  QuickConnectConfig: InputTo<'UpdateQuickConnectConfig'>['QuickConnectConfig'],
) => call('UpdateQuickConnectConfig', { QuickConnectId: id, QuickConnectConfig });

/** Both take 50 quick connects a call at most; the form sends one. */
export const setQueueOffers = (QueueId: string, quickConnectId: string, offered: boolean) =>
  call(offered ? 'AssociateQueueQuickConnects' : 'DisassociateQueueQuickConnects', {
    QueueId,
    QuickConnectIds: [quickConnectId],
  });

export type QuickConnectDeletions = OutputOf<'BatchDeleteQuickConnects'>;

/** In pieces of 1,000, the operation's limit. */
export async function deleteQuickConnects(ids: readonly string[]): Promise<QuickConnectDeletions> {
  const all: QuickConnectDeletions = { Deleted: [], Failed: [] };
  for (let start = 0; start < ids.length; start += 1000) {
    const piece = await call('BatchDeleteQuickConnects', { QuickConnectIds: ids.slice(start, start + 1000) });
    all.Deleted.push(...piece.Deleted);
    all.Failed.push(...piece.Failed);
  }
  return all;
}
