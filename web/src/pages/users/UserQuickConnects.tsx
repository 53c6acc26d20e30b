import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { searchQuickConnects } from '../../api/quick-connects.ts';
import { useMay } from '../../api/session.ts';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { RouterLink } from '../../components/RouterLink.tsx';

const shown = 50;

const userQuickConnectsQuery = (userId: string) =>
  queryOptions({
    queryKey: ['user-quick-connects', userId],
    queryFn: ({ signal }) => searchQuickConnects({ UserIds: [userId], MaxResults: shown }, signal),
    gcTime: 0,
  });

/** The quick connects that point at a user. */
export function UserQuickConnects({ userId }: { readonly userId: string }) {
  const permitted = useMay()('TransferDestinations.View');
  const { data, error, isPending, refetch } = useQuery({ ...userQuickConnectsQuery(userId), enabled: permitted });
  if (!permitted) return null;
  const total = data?.TotalCount ?? 0;
  return (
    <Table
      trackBy="QuickConnectId"
      items={data?.QuickConnects ?? []}
      loading={isPending}
      loadingText="Loading the quick connects"
      header={
        <Header variant="h2" counter={data && `(${total})`}>
          Quick connects to this user
        </Header>
      }
      columnDefinitions={[
        {
          id: 'name',
          header: 'Name',
          isRowHeader: true,
          cell: (row) => (
            <RouterLink
              to={{ to: '/routing/quick-connects/$quickConnectId', params: { quickConnectId: row.QuickConnectId } }}
            >
              {row.Name}
            </RouterLink>
          ),
        },
        { id: 'flow', header: 'Flow', cell: (row) => row.ContactFlow?.Name ?? '–' },
        { id: 'queues', header: 'Queues', cell: (row) => row.Queues.map((queue) => queue.Name).join(', ') || '–' },
      ]}
      footer={
        total > shown && (
          <Box textAlign="center">
            <RouterLink
              to={{ to: '/routing/quick-connects', search: { user: userId } }}
            >{`See all ${total}`}</RouterLink>
          </Box>
        )
      }
      empty={
        error ? (
          <ErrorAlert header="The quick connects could not be loaded" error={error} onRetry={() => void refetch()} />
        ) : (
          'No quick connect points at this user.'
        )
      }
    />
  );
}
