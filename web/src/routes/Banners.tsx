import Button from '@cloudscape-design/components/button';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { sampleHistoryQuery } from '../api/sample-history.ts';
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

interface BannersProps {
  /** Whether the page shows history, which may still be in the making. */
  readonly showsHistory: boolean;
}

/** The messages above every page: those of this tab, then one for each batch that nobody has dismissed. */
export function Banners({ showsHistory }: BannersProps) {
  const may = useMay()('Users.Delete');
  const { data = [] } = useQuery({ ...bannersQuery, enabled: may });
  const { data: history } = useQuery({ ...sampleHistoryQuery, enabled: showsHistory });
  const isMade = showsHistory && history?.Days !== undefined;
  const flashes = useFlashes();
  const { act } = useBatchActions();
  const [stopping, setStopping] = useState<UserBatch | null>(null);
  const batches = data.filter((batch) => !batch.RetriedBy);
  const items: (FlashbarProps.MessageDefinition & { readonly id: string })[] = [
    ...flashes.map(({ id, type, header, content, onStop }) => ({
      id,
      type,
      loading: type === 'in-progress',
      action: onStop && <Button onClick={onStop}>Stop</Button>,
      header,
      content,
      dismissible: onStop === undefined,
      dismissLabel: 'Dismiss',
      ariaRole: 'status' as const,
      onDismiss: () => dismissFlash(id),
    })),
    ...(isMade
      ? [
          {
            id: 'sample-history',
            type: 'info' as const,
            content: `Sample history is being made: ${history.Filled} of ${history.Days} days.`,
          },
        ]
      : []),
    ...batches.map((batch) => {
      const type = types[batch.Status];
      // A failure has its own button for it, Cancel.
      const dismissible = batch.EndTime !== undefined && batch.Counts.Failed === 0;
      return {
        // The state is part of the identity: a new state is a new message, and is announced as one.
        id: `${batch.Id}-${type}`,
        type,
        loading: type === 'in-progress',
        header: bannerHeader(batch),
        content: <BatchBannerContent batch={batch} />,
        action: <BatchBannerActions batch={batch} onStop={() => setStopping(batch)} />,
        dismissible,
        dismissLabel: 'Dismiss',
        ariaRole: 'status' as const,
        onDismiss: () => void act(batch, 'dismiss'),
      };
    }),
  ];
  return (
    <>
      <Flashbar
        items={newestFirst(items)}
        // Each has its banner, as long as they leave room for the page: of more than two only the newest is open.
        stackItems={items.length > 2}
        i18nStrings={{ ariaLabel: 'Notifications', notificationBarText: 'Notifications' }}
      />
      {stopping && <StopBatchModal batch={stopping} onClose={() => setStopping(null)} />}
    </>
  );
}

const firstSeen = new Map<string, number>();

/** By when this tab first saw them: the clocks of server and browser may differ. What came together keeps its order. */
function newestFirst<T extends { readonly id: string }>(items: readonly T[]): T[] {
  const now = Date.now();
  const since = (item: T) => firstSeen.get(item.id) ?? now;
  for (const item of items) firstSeen.set(item.id, since(item));
  return [...items].sort((a, b) => since(b) - since(a));
}
