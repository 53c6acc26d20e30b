import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { BatchResult, UserBatch } from '../../api/types.ts';
import { isRunning, resultsCsvAddress, resultsQuery } from '../../api/user-batches.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { useTokenPages } from '../../components/use-token-pages.ts';
import { useUrlState } from '../../routes/navigation.ts';
import { readResultStatus, writeStatus } from './batch-list-state.ts';
import { resultStatusWords } from './batch-words.ts';
import { ReasonText } from './ReasonText.tsx';
import { StatusSelect } from './StatusSelect.tsx';

const columns: TableProps.ColumnDefinition<BatchResult>[] = [
  {
    id: 'login',
    header: 'Login',
    isRowHeader: true,
    minWidth: 140,
    cell: loginCell,
  },
  {
    id: 'name',
    header: 'Name',
    minWidth: 140,
    cell: (result) => `${result.FirstName ?? ''} ${result.LastName ?? ''}`.trim() || '–',
  },
  {
    id: 'status',
    header: 'Status',
    minWidth: 150,
    cell: (result) => {
      const { text, type } = resultStatusWords[result.Status];
      return <StatusIndicator type={type}>{text}</StatusIndicator>;
    },
  },
  { id: 'reason', header: 'Reason', minWidth: 270, cell: (result) => <ReasonText reason={result.Reason ?? '–'} /> },
  { id: 'code', header: 'Error code', minWidth: 210, cell: (result) => result.ErrorCode ?? '–' },
  { id: 'time', header: 'Time', minWidth: 205, cell: (result) => <TimeText seconds={result.Time} /> },
];

/** The login, or whatever else is known; and what a list said in its place. */
function loginCell({ Username, UserId, Given }: BatchResult): string {
  const login = Username ?? UserId;
  if (login === undefined) return Given || 'A blank entry';
  return Given === undefined ? login : `${login} (in the list: ${Given})`;
}

/** Every record of a batch. While it runs, the page in sight follows. */
export function BatchResults({ batch }: { readonly batch: UserBatch }) {
  const client = useQueryClient();
  const [status, setStatus] = useUrlState(readResultStatus, writeStatus);
  const pages = useTokenPages(status ?? '');
  const { data, error, isPending, refetch } = useQuery({
    ...resultsQuery(batch.Id, {
      maxResults: 50,
      ...(status && { status }),
      ...(pages.token && { nextToken: pages.token }),
    }),
    placeholderData: keepPreviousData,
    refetchInterval: isRunning(batch) ? 2000 : false,
  });
  // The polling ends with the batch; the last changes are fetched once more.
  const before = useRef(batch.Status);
  useEffect(() => {
    if (before.current === batch.Status) return;
    before.current = batch.Status;
    void client.invalidateQueries({ queryKey: ['user-batches', 'results', batch.Id] });
  }, [batch.Status, batch.Id, client]);
  return (
    <Table
      // Entries that cannot be read have only a reason, which says where they stand.
      trackBy={(result) => result.UserId ?? result.Username ?? `${result.Given} ${result.Reason}`}
      items={data?.Results ?? []}
      columnDefinitions={columns}
      wrapLines
      loading={isPending}
      loadingText="Loading the records"
      ariaLabels={{ tableLabel: 'Records' }}
      header={
        <Header
          variant="h2"
          actions={
            <Button href={resultsCsvAddress(batch.Id, status ?? undefined)} download iconName="download">
              Download the CSV
            </Button>
          }
        >
          Records
        </Header>
      }
      filter={<StatusSelect words={resultStatusWords} value={status} onChange={setStatus} />}
      pagination={<Pagination {...pages.pagination(data?.NextToken)} />}
      empty={
        error ? (
          <ErrorAlert header="The records could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <EmptyState title="No record has this status" />
        )
      }
    />
  );
}
