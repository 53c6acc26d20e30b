import { useMutation, useQueryClient } from '@tanstack/react-query';
import { explain } from '../../api/errors.ts';
import type { UserBatch } from '../../api/types.ts';
import { actOnBatch, type BatchAction, retryBatch } from '../../api/user-batches.ts';
import { flash } from '../../components/flashes.ts';

const failed: Record<BatchAction | 'retry', string> = {
  pause: 'The batch was not paused',
  resume: 'The batch was not resumed',
  stop: 'The batch was not stopped',
  dismiss: 'The message could not be dismissed',
  retry: 'The failed records were not submitted again',
};

/** Pause, resume, stop, dismiss and Try again; a refusal becomes a message, and every view of batches is fresh after. */
export function useBatchActions() {
  const client = useQueryClient();
  const mutation = useMutation({
    mutationFn: async ({ batch, action }: { batch: UserBatch; action: BatchAction | 'retry' }) => {
      if (action !== 'retry') {
        await actOnBatch(batch.Id, action);
        return batch.Id;
      }
      const started = await retryBatch(batch.Id);
      // The new batch has a banner of its own. That the old one's is gone matters less than that the retry runs.
      if (!batch.Dismissed) await actOnBatch(batch.Id, 'dismiss').catch(() => {});
      return started.UserBatchId;
    },
    onError: (error, { action }) => flash({ type: 'error', header: failed[action], content: explain(error).message }),
    onSettled: () => client.invalidateQueries({ queryKey: ['user-batches'] }),
  });
  const { mutateAsync, variables, isPending } = mutation;
  return {
    /** Answers the id of the batch to look at afterwards, or null when it was refused. */
    act: (batch: UserBatch, action: BatchAction | 'retry'): Promise<string | null> =>
      mutateAsync({ batch, action }).catch(() => null),
    isActing: (batch: UserBatch, action: BatchAction | 'retry'): boolean =>
      isPending && variables?.batch.Id === batch.Id && variables.action === action,
  };
}
