import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import Table from '@cloudscape-design/components/table';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { batchListQuery } from '../../api/user-batches.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { usePage } from '../../components/page.ts';
import { useTokenPages } from '../../components/use-token-pages.ts';
import { useTall } from '../../components/use-window.ts';
import { useUrlState } from '../../routes/navigation.ts';
import { useBatchColumns } from './batch-columns.tsx';
import { readBatchStatus, writeStatus } from './batch-list-state.ts';
import { batchStatusWords } from './batch-words.ts';
import { StatusSelect } from './StatusSelect.tsx';

/** Users > User batches: every deletion ever submitted, newest first. */
export function BatchList() {
  usePage('User batches', 'table');
  const [status, setStatus] = useUrlState(readBatchStatus, writeStatus);
  const pages = useTokenPages(status ?? '');
  const columns = useBatchColumns();
  const tall = useTall();
  const { data, error, isPending, isFetching, refetch } = useQuery({
    ...batchListQuery({ maxResults: 25, ...(status && { status }), ...(pages.token && { nextToken: pages.token }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <Table
      variant="full-page"
      stickyHeader={tall}
      trackBy="Id"
      items={data?.UserBatches ?? []}
      columnDefinitions={columns}
      loading={isPending}
      loadingText="Loading the batches"
      ariaLabels={{ tableLabel: 'User batches' }}
      header={
        <Header
          variant="awsui-h1-sticky"
          description="Deletions run on the server, whether or not this page is open."
          actions={
            <Button
              iconName="refresh"
              ariaLabel="Refresh"
              loading={isFetching && !data}
              onClick={() => void refetch()}
            />
          }
        >
          User batches
        </Header>
      }
      filter={<StatusSelect words={batchStatusWords} value={status} onChange={setStatus} />}
      pagination={<Pagination {...pages.pagination(data?.NextToken)} />}
      empty={
        error ? (
          <ErrorAlert header="The batches could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          <EmptyState
            title={status ? 'No batch has this status' : 'No batches yet'}
            text={
              status ? 'Choose another status above.' : 'Delete users on User management, and the batch appears here.'
            }
          />
        )
      }
    />
  );
}
