import type { UserBatch } from '../../api/types.ts';
import { ConfirmModal } from '../../components/ConfirmModal.tsx';
import { countOf, formatNumber } from '../../components/words.ts';
import { batchTitle, typeWords } from './batch-words.ts';
import { useBatchActions } from './use-batch-actions.ts';

export function StopBatchModal({ batch, onClose }: { readonly batch: UserBatch; readonly onClose: () => void }) {
  const { act, isActing } = useBatchActions();
  const { Succeeded, Remaining } = batch.Counts;
  const { done } = typeWords(batch);
  return (
    <ConfirmModal
      header={`Stop: ${batchTitle(batch)}?`}
      confirm="Stop the batch"
      pending={isActing(batch, 'stop')}
      onClose={onClose}
      onConfirm={() => void act(batch, 'stop').then(onClose)}
    >
      {formatNumber(Succeeded)} {done} so far stay {done}. The {countOf(Remaining, 'record')} still to do are left as
      they are. A stopped batch cannot be resumed; pause it on its page if you mean to go on later.
    </ConfirmModal>
  );
}
