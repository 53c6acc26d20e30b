import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useRefusal } from '../../api/session.ts';
import type { UserBatch } from '../../api/types.ts';
import { isRunning } from '../../api/user-batches.ts';
import { useGo } from '../../routes/navigation.ts';
import { batchTitle, waysOn } from './batch-words.ts';
import { StopBatchModal } from './StopBatchModal.tsx';
import { TryAgainButton } from './TryAgainButton.tsx';
import { useBatchActions } from './use-batch-actions.ts';

/** The batch's name with what can be done to it now. */
export function BatchHeader({ batch }: { readonly batch: UserBatch }) {
  const { act, isActing } = useBatchActions();
  const go = useGo();
  const [stopping, setStopping] = useState(false);
  const denied = useRefusal()('Users.Delete') ?? null;
  const button = (action: 'pause' | 'resume' | 'dismiss', text: string, refusal: string | null = null) => (
    <Button
      loading={isActing(batch, action)}
      disabled={Boolean(denied ?? refusal)}
      disabledReason={denied ?? refusal ?? undefined}
      onClick={() => void act(batch, action)}
    >
      {text}
    </Button>
  );
  const going = isRunning(batch) || batch.Status === 'PAUSED';
  const failed = batch.Counts.Failed > 0;
  return (
    <>
      <Header
        variant="h1"
        {...(!going && failed && !batch.Dismissed && { description: waysOn(batch) })}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {isRunning(batch) && button('pause', 'Pause')}
            {batch.Status === 'PAUSED' && button('resume', 'Resume')}
            {going && (
              <Button disabled={denied !== null} disabledReason={denied ?? undefined} onClick={() => setStopping(true)}>
                Stop
              </Button>
            )}
            {!going &&
              button(
                'dismiss',
                failed ? 'Cancel' : 'Dismiss',
                batch.Dismissed ? 'Its message is dismissed already.' : null,
              )}
            {!going && failed && (
              <TryAgainButton
                batch={batch}
                refusal={denied ?? undefined}
                onStarted={(batchId) => go({ to: '/users/batches/$batchId', params: { batchId } })}
              />
            )}
          </SpaceBetween>
        }
      >
        {batchTitle(batch)}
      </Header>
      {stopping && <StopBatchModal batch={batch} onClose={() => setStopping(false)} />}
    </>
  );
}
