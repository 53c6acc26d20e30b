import type { Caller } from '../../src/operations/caller.ts';
import type { Centre, Given } from './centre.ts';
import type { Answer } from './operations.ts';

export type BatchResult = Answer<'ListUserBatchResults'>['Results'][number];

/** The operations on batches, as the centre's administrator if nobody else is named. */
export function batchesOf(centre: Centre) {
  return {
    start: (input: Given<'StartUserDeletion'>, caller?: Caller) => centre.call('StartUserDeletion', input, caller),
    retry: (UserBatchId: string, caller?: Caller) => centre.call('RetryUserBatch', { UserBatchId }, caller),
    describe: async (UserBatchId: string) => (await centre.call('DescribeUserBatch', { UserBatchId })).UserBatch,
    steer: async (verb: 'Pause' | 'Resume' | 'Stop' | 'Dismiss', UserBatchId: string) =>
      (await centre.call(`${verb}UserBatch`, { UserBatchId })).UserBatch,
    /** All of them, page by page. */
    results: async (UserBatchId: string, input: Omit<Given<'ListUserBatchResults'>, 'UserBatchId'> = {}) => {
      const all: BatchResult[] = [];
      for (let NextToken: string | undefined; ; ) {
        const page = await centre.call('ListUserBatchResults', { UserBatchId, MaxResults: 1000, NextToken, ...input });
        all.push(...page.Results);
        if (!page.NextToken) return all;
        NextToken = page.NextToken;
      }
    },
    list: (input: Given<'ListUserBatches'> = {}) => centre.call('ListUserBatches', input),
  };
}
