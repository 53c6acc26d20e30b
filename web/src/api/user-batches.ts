import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { addressOf, call } from './client.ts';
import type { BatchSelection, ResultStatus, UserBatch } from './types.ts';

export const isRunning = (batch: UserBatch): boolean => batch.Status === 'QUEUED' || batch.Status === 'IN_PROGRESS';

/** The banners: every batch that nobody has dismissed. Each second while one runs, else every ten. */
export const bannersQuery = queryOptions({
  queryKey: ['user-batches', 'banners'],
  queryFn: async ({ signal }) =>
    (await call('ListUserBatches', { Dismissed: false, MaxResults: 100 }, { signal })).UserBatches,
  staleTime: 0,
  refetchInterval: (query) => (query.state.data?.some(isRunning) ? 1000 : 10_000),
});

export const batchQuery = (UserBatchId: string) =>
  queryOptions({
    queryKey: ['user-batches', 'one', UserBatchId],
    queryFn: async ({ signal }) => (await call('DescribeUserBatch', { UserBatchId }, { signal })).UserBatch,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data) ? 1000 : false),
  });

/** The results as a file: an address to link to, so that the browser streams it to disk. */
export const resultsCsvAddress = (UserBatchId: string, status?: ResultStatus): string =>
  addressOf('DownloadUserBatchResults', { UserBatchId, ...(status && { Status: [status] }) });

export const deletionPreviewQuery = (selection: BatchSelection) =>
  infiniteQueryOptions({
    queryKey: ['deletion-preview', selection],
    queryFn: ({ pageParam, signal }) =>
      call(
        'PreviewUserDeletion',
        { ...selection, ProblemsFirst: true, MaxResults: 100, NextToken: pageParam || undefined },
        { signal },
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.NextToken,
    gcTime: 0,
  });

export const startUserDeletion = (
  selection: BatchSelection,
  expectedCount: number,
  quickConnects: 'DELETE' | 'KEEP',
  clientToken: string,
) =>
  call('StartUserDeletion', {
    ...selection,
    // What was shown and confirmed: a search that finds others by now is refused.
    ExpectedCount: expectedCount,
    QuickConnects: quickConnects,
    ClientToken: clientToken,
  });

const actions = {
  pause: 'PauseUserBatch',
  resume: 'ResumeUserBatch',
  stop: 'StopUserBatch',
  dismiss: 'DismissUserBatch',
} as const;

export type BatchAction = keyof typeof actions;

export const actOnBatch = async (UserBatchId: string, action: BatchAction) =>
  (await call(actions[action], { UserBatchId })).UserBatch;

export const retryBatch = (UserBatchId: string) => call('RetryUserBatch', { UserBatchId });
