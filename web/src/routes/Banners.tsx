import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../api/session.ts';
import type { UserBatch } from '../api/types.ts';
import { bannersQuery } from '../api/user-batches.ts';
import { dismissFlash, useFlashes } from '../components/flashes.ts';
import { BatchBannerActions } from '../pages/user-batches/BatchBannerActions.tsx';
import { BatchBannerContent } from '../pages/user-batches/BatchBannerContent.tsx';
import { bannerHeader } from '../pages/user-batches/batch-words.ts';
import { StopBatchModal } from '../pages/user-batches/StopBatchModal.tsx';
import { useBatchActions } from '../pages/user-batches/use-batch-actions.ts';

const types = {
  QUEUED: 'in-progress',
  IN_PROGRESS: 'in-progress',
  PAUSED: 'info',
  STOPPED: 'warning',
  COMPLETED: 'success',
  COMPLETED_WITH_FAILURES: 'error',
} as const satisfies Record<UserBatch['Status'], FlashbarProps.Type>;

/** The messages above every page: those of this tab, then one for each batch that nobody has dismissed. */
export function Banners() {
  const may = useMay()('Users.Delete');
  const { data = [] } = useQuery({ ...bannersQuery, enabled: may });
  const flashes = useFlashes();
  const { act } = useBatchActions();
  const [stopping, setStopping] = useState<UserBatch | null>(null);
  const batches = data.filter((batch) => !batch.RetriedBy);
  const items: FlashbarProps.MessageDefinition[] = [
    ...flashes.map(({ id, type, header, content }) => ({
      id,
      type,
      header,
      content,
      dismissible: true,
      dismissLabel: 'Dismiss',
      ariaRole: type === 'error' ? ('alert' as const) : ('status' as const),
      onDismiss: () => dismissFlash(id),
    })),
    ...batches.map((batch) => {
      const type = types[batch.Status];
      const ended = batch.EndTime !== undefined;
      return {
        // The state is part of the identity: a new state is a new message, and is announced as one.
        id: `${batch.Id}-${type}`,
        type,
        loading: type === 'in-progress',
        header: bannerHeader(batch),
        content: <BatchBannerContent batch={batch} />,
        action: <BatchBannerActions batch={batch} onStop={() => setStopping(batch)} />,
        dismissible: ended,
        dismissLabel: 'Dismiss',
        ariaRole: type === 'error' ? ('alert' as const) : ('status' as const),
        onDismiss: () => void act(batch, 'dismiss'),
      };
    }),
  ];
  return (
    <>
      <Flashbar
        items={items}
        stackItems
        i18nStrings={{ ariaLabel: 'Notifications', notificationBarText: 'Notifications' }}
      />
      {stopping && <StopBatchModal batch={stopping} onClose={() => setStopping(null)} />}
    </>
  );
}
