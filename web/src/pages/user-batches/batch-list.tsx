import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { call } from '../../api/client.ts';
import { useSession } from '../../api/session.ts';
import type { UserBatch } from '../../api/types.ts';
import { isRunning } from '../../api/user-batches.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { columnWidths, type ListDeclaration } from '../../components/use-resource-list.ts';
import { formatNumber } from '../../components/words.ts';
import { batchListShape } from './batch-list-state.ts';
import { bannerHeader, batchStatusWords, batchTitle, requestedBy } from './batch-words.ts';

const countColumn = (id: string, header: string, width: number, count: (batch: UserBatch) => number) => ({
  id,
  header,
  width,
  cell: (batch: UserBatch) => <span className="numbers">{formatNumber(count(batch))}</span>,
});

export const userBatchList: ListDeclaration<UserBatch, 'CreatedTime', typeof batchListShape.filters> = {
  key: 'user-batches',
  one: 'batch',
  many: 'batches',
  shape: batchListShape,
  idOf: (batch) => batch.Id,
  nameOf: batchTitle,
  columns: [
    { id: 'batch', header: 'Batch', width: 180, shown: 'always', cell: (batch) => <BatchLink batch={batch} /> },
    { id: 'status', header: 'Status', width: 235, cell: (batch) => <BatchStatusText batch={batch} /> },
    countColumn('succeeded', 'Succeeded', 125, (batch) => batch.Counts.Succeeded),
    countColumn('failed', 'Failed', 95, (batch) => batch.Counts.Failed),
    { ...countColumn('stopped', 'Stopped', 110, (batch) => batch.Counts.Stopped), shown: 'not' },
    countColumn('remaining', 'Remaining', 125, (batch) => batch.Counts.Remaining),
    { id: 'by', header: 'Requested by', width: 170, cell: (batch) => <Requester batch={batch} /> },
    {
      id: 'created',
      header: 'Created',
      width: columnWidths.time,
      cell: (batch) => <TimeText seconds={batch.CreatedTime} />,
    },
  ],
  card: (batch) => (
    <>
      <BatchLink batch={batch} />
      <div>
        <BatchStatusText batch={batch} />
      </div>
      <div>{bannerHeader(batch)}</div>
      <Box color="text-body-secondary" fontSize="body-s">
        Requested by <Requester batch={batch} />, <TimeText seconds={batch.CreatedTime} />
      </Box>
    </>
  ),
  queryKey: ['user-batches', 'list'],
  load: async ({ size, status }, { token, signal }) => {
    const request = { ...(status && { Status: [status] }), MaxResults: size, NextToken: token };
    const page = await call('ListUserBatches', request, { signal });
    return { rows: page.UserBatches, next: page.NextToken };
  },
  again: (batches) => (batches.some(isRunning) ? 1000 : false),
};

function BatchLink({ batch }: { readonly batch: UserBatch }) {
  return (
    <RouterLink to={{ to: '/users/batches/$batchId', params: { batchId: batch.Id } }}>{batchTitle(batch)}</RouterLink>
  );
}

function Requester({ batch }: { readonly batch: UserBatch }) {
  return requestedBy(batch, useSession().User.Id);
}

export function BatchStatusText({ batch }: { readonly batch: UserBatch }) {
  const { text, type } = batchStatusWords[batch.Status];
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
