import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useSession } from '../../api/session.ts';
import type { UserBatch } from '../../api/types.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { formatNumber } from '../../components/words.ts';
import { batchPath } from '../../routes/paths.ts';
import { batchStatusWords, batchTitle, requestedBy } from './batch-words.ts';

const countColumn = (id: string, header: string, count: (batch: UserBatch) => number) => ({
  id,
  header,
  minWidth: 90,
  cell: (batch: UserBatch) => <span className="numbers">{formatNumber(count(batch))}</span>,
});

export function useBatchColumns(): TableProps.ColumnDefinition<UserBatch>[] {
  const { User } = useSession();
  return [
    {
      id: 'batch',
      header: 'Batch',
      isRowHeader: true,
      minWidth: 180,
      cell: (batch) => <RouterLink href={batchPath(batch.Id)}>{batchTitle(batch)}</RouterLink>,
    },
    { id: 'status', header: 'Status', minWidth: 190, cell: (batch) => <BatchStatusText batch={batch} /> },
    countColumn('succeeded', 'Succeeded', (batch) => batch.Counts.Succeeded),
    countColumn('failed', 'Failed', (batch) => batch.Counts.Failed),
    countColumn('stopped', 'Stopped', (batch) => batch.Counts.Stopped),
    countColumn('remaining', 'Remaining', (batch) => batch.Counts.Remaining),
    { id: 'by', header: 'Requested by', minWidth: 140, cell: (batch) => requestedBy(batch, User.Id) },
    { id: 'created', header: 'Created', minWidth: 190, cell: (batch) => <TimeText seconds={batch.CreatedTime} /> },
  ];
}

export function BatchStatusText({ batch }: { readonly batch: UserBatch }) {
  const { text, type } = batchStatusWords[batch.Status];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
