import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQueryClient } from '@tanstack/react-query';
import type { UserBatch } from '../../api/types.ts';
import { isRunning, resultsCsvAddress } from '../../api/user-batches.ts';
import { refreshLists } from '../../components/refresh-lists.ts';
import { TryAgainButton } from './TryAgainButton.tsx';
import { useBatchActions } from './use-batch-actions.ts';

/** The ways on from a banner: Stop while it runs, Refresh when it is over, and Connect's three after a failure. */
export function BatchBannerActions({ batch, onStop }: { readonly batch: UserBatch; readonly onStop: () => void }) {
  const client = useQueryClient();
  const { act, isActing } = useBatchActions();
  if (isRunning(batch)) return <Button onClick={onStop}>Stop</Button>;
  if (batch.Status === 'PAUSED') {
    return (
      <SpaceBetween direction="horizontal" size="xs">
        <Button loading={isActing(batch, 'resume')} onClick={() => void act(batch, 'resume')}>
          Resume
        </Button>
        <Button onClick={onStop}>Stop</Button>
      </SpaceBetween>
    );
  }
  const refresh = () => {
    void refreshLists(client);
    void act(batch, 'dismiss');
  };
  if (batch.Counts.Failed === 0) {
    return (
      <Button iconName="refresh" loading={isActing(batch, 'dismiss')} onClick={refresh}>
        Refresh
      </Button>
    );
  }
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button href={resultsCsvAddress(batch.Id, 'FAILED')} download iconName="download">
        Download the CSV
      </Button>
      <TryAgainButton batch={batch} />
      <Button loading={isActing(batch, 'dismiss')} onClick={() => void act(batch, 'dismiss')}>
        Cancel
      </Button>
      <Button iconName="refresh" onClick={() => void refreshLists(client)}>
        Refresh
      </Button>
    </SpaceBetween>
  );
}
