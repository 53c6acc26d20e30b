import type { Caller } from '../../src/operations/caller.ts';
import type { Centre } from './centre.ts';

export interface StartedBatch {
  readonly UserBatchId: string;
  readonly UserBatchArn: string;
  readonly RequestedCount: number;
}

export interface DescribedBatch {
  readonly Id: string;
  readonly Status: string;
  readonly Counts: {
    readonly Requested: number;
    readonly Succeeded: number;
    readonly Failed: number;
    readonly Stopped: number;
    readonly Remaining: number;
    readonly QuickConnectsDeleted: number;
  };
  readonly RetryOf?: string;
  readonly RetriedBy?: string;
  readonly RetryableCount: number;
  readonly Dismissed: boolean;
  readonly Note?: string;
  readonly StartTime?: Date;
  readonly EndTime?: Date;
}

export interface BatchResult {
  readonly UserId?: string;
  readonly Username?: string;
  readonly FirstName?: string;
  readonly LastName?: string;
  readonly Status: string;
  readonly ErrorCode?: string;
  readonly Reason?: string;
  readonly Retryable?: boolean;
  readonly Time?: Date;
  readonly QuickConnectsDeleted: number;
  readonly Given?: string;
  readonly CaseDiffers: boolean;
  readonly Finding?: string;
}

/** The operations on batches with their answers' types, as the centre's administrator if nobody else is named. */
export function batchesOf(centre: Centre) {
  const call = centre.call;
  return {
    start: (input: Record<string, unknown>, caller?: Caller) => call<StartedBatch>('StartUserDeletion', input, caller),
    retry: (id: string, caller?: Caller) => call<StartedBatch>('RetryUserBatch', { UserBatchId: id }, caller),
    describe: async (id: string) =>
      (await call<{ UserBatch: DescribedBatch }>('DescribeUserBatch', { UserBatchId: id })).UserBatch,
    steer: async (verb: 'Pause' | 'Resume' | 'Stop' | 'Dismiss', id: string) =>
      (await call<{ UserBatch: DescribedBatch }>(`${verb}UserBatch`, { UserBatchId: id })).UserBatch,
    /** All of them, page by page. */
    results: async (id: string, input: Record<string, unknown> = {}) => {
      const all: BatchResult[] = [];
      for (let NextToken: string | undefined; ; ) {
        const page = await call<{ Results: BatchResult[]; NextToken?: string }>('ListUserBatchResults', {
          UserBatchId: id,
          MaxResults: 1000,
          NextToken,
          ...input,
        });
        all.push(...page.Results);
        if (!page.NextToken) return all;
        NextToken = page.NextToken;
      }
    },
    list: (input: Record<string, unknown> = {}) =>
      call<{ UserBatches: DescribedBatch[]; NextToken?: string }>('ListUserBatches', input),
  };
}
