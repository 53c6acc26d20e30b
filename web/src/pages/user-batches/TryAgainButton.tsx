import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import type { UserBatch } from '../../api/types.ts';
import { ConfirmModal } from '../../components/ConfirmModal.tsx';
import { countOf } from '../../components/words.ts';
import { retryIsVain, retryRefusal } from './batch-words.ts';
import { useBatchActions } from './use-batch-actions.ts';

interface TryAgainButtonProps {
  readonly batch: UserBatch;
  readonly refusal?: string | undefined;
  readonly onStarted?: (batchId: string) => void;
}

/** Submits the failed records again; where that is in vain, it says so first. */
export function TryAgainButton({ batch, refusal, onStarted }: TryAgainButtonProps) {
  const { act, isActing } = useBatchActions();
  const [asking, setAsking] = useState(false);
  const refused = refusal ?? retryRefusal(batch) ?? undefined;
  const records = countOf(batch.Counts.Failed, 'record');
  const retry = async () => {
    const id = await act(batch, 'retry');
    setAsking(false);
    if (id) onStarted?.(id);
  };
  return (
    <>
      <Button
        loading={isActing(batch, 'retry') && !asking}
        disabled={refused !== undefined}
        disabledReason={refused}
        onClick={() => (retryIsVain(batch) ? setAsking(true) : void retry())}
      >
        Try again
      </Button>
      {asking && (
        <ConfirmModal
          header={`Try ${records} again?`}
          confirm="Try again"
          pending={isActing(batch, 'retry')}
          onClose={() => setAsking(false)}
          onConfirm={() => void retry()}
        >
          {`The reasons for which the ${records} failed stay as they are, such as a user who is gone already. Trying again will most likely end in the same way. The reasons stand with every record.`}
        </ConfirmModal>
      )}
    </>
  );
}
