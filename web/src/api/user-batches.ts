import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { address, call } from './client.ts';
import type {
  BatchResult,
  BatchSelection,
  BatchStatus,
  DeletionPreview,
  ResultStatus,
  StartedBatch,
  UserBatch,
} from './types.ts';

const base = '/user-batches/{InstanceId}';
const one = (batchId: string) => `${base}/${encodeURIComponent(batchId)}`;

export const isRunning = (batch: UserBatch): boolean => batch.Status === 'QUEUED' || batch.Status === 'IN_PROGRESS';

interface BatchPage {
  readonly UserBatches: readonly UserBatch[];
  readonly NextToken?: string;
}

/** The banners: every batch that nobody has dismissed. Each second while one runs, else every ten. */
export const bannersQuery = queryOptions({
  queryKey: ['user-batches', 'banners'],
  queryFn: async ({ signal }) =>
    (await call<BatchPage>('GET', base, { query: { dismissed: false, maxResults: 100 }, signal })).UserBatches,
  staleTime: 0,
  refetchInterval: (query) => (query.state.data?.some(isRunning) ? 1000 : 10_000),
});

export interface BatchListRequest {
  readonly status?: BatchStatus;
  readonly nextToken?: string;
  readonly maxResults: number;
}

export const batchListQuery = (request: BatchListRequest) =>
  queryOptions({
    queryKey: ['user-batches', 'list', request],
    queryFn: ({ signal }) => call<BatchPage>('GET', base, { query: { ...request }, signal }),
    gcTime: 0,
    refetchInterval: (query) => (query.state.data?.UserBatches.some(isRunning) ? 1000 : false),
  });

export const batchQuery = (batchId: string) =>
  queryOptions({
    queryKey: ['user-batches', 'one', batchId],
    queryFn: async ({ signal }) => (await call<{ UserBatch: UserBatch }>('GET', one(batchId), { signal })).UserBatch,
    staleTime: 0,
    refetchInterval: (query) => (query.state.data && isRunning(query.state.data) ? 1000 : false),
  });

export interface ResultPage {
  readonly Results: readonly BatchResult[];
  readonly NextToken?: string;
}

export interface ResultsRequest {
  readonly status?: ResultStatus;
  readonly nextToken?: string;
  readonly maxResults: number;
}

export const resultsQuery = (batchId: string, request: ResultsRequest) =>
  queryOptions({
    queryKey: ['user-batches', 'results', batchId, request],
    queryFn: ({ signal }) => call<ResultPage>('GET', `${one(batchId)}/results`, { query: { ...request }, signal }),
    gcTime: 0,
  });

/** The results as a file: an address to link to, so that the browser streams it to disk. */
export function resultsCsvAddress(batchId: string, status?: ResultStatus): string {
  return address(`${one(batchId)}/results.csv`, { status });
}

export const deletionPreviewQuery = (selection: BatchSelection) =>
  infiniteQueryOptions({
    queryKey: ['deletion-preview', selection],
    queryFn: ({ pageParam, signal }) =>
      call<DeletionPreview>('POST', `${base}/deletions/preview`, {
        body: { ...selection, MaxResults: 100, ...(pageParam ? { NextToken: pageParam } : {}) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.NextToken,
    gcTime: 0,
  });

export function startUserDeletion(
  selection: BatchSelection,
  expectedCount: number,
  quickConnects: 'DELETE' | 'KEEP',
  clientToken: string,
): Promise<StartedBatch> {
  return call('POST', `${base}/deletions`, {
    // What was shown and confirmed: a search that finds others by now is refused.
    body: { ...selection, ExpectedCount: expectedCount, QuickConnects: quickConnects, ClientToken: clientToken },
  });
}

export type BatchAction = 'pause' | 'resume' | 'stop' | 'dismiss';

export async function actOnBatch(batchId: string, action: BatchAction): Promise<UserBatch> {
  return (await call<{ UserBatch: UserBatch }>('POST', `${one(batchId)}/${action}`)).UserBatch;
}

export function retryBatch(batchId: string): Promise<StartedBatch> {
  return call('POST', `${one(batchId)}/retry`);
}
