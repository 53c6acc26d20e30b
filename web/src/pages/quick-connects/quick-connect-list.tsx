import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { searchQuickConnects } from '../../api/quick-connects.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import type { ListColumn, ListDeclaration, ResourceListState } from '../../components/use-resource-list.ts';
import {
  isQuickConnectFiltered,
  type QuickConnectSort,
  quickConnectListShape,
  quickConnectTypes,
  toQuickConnectRequest,
} from './quick-connect-list-state.ts';
import { destinationName, orphanText } from './quick-connect-words.ts';

const columns: readonly ListColumn<QuickConnectRow, QuickConnectSort>[] = [
  {
    id: 'name',
    header: 'Name',
    sort: 'Name',
    shown: 'always',
    width: 240,
    cell: (row) => (
      <RouterLink
        to={{ to: '/routing/quick-connects/$quickConnectId', params: { quickConnectId: row.QuickConnectId } }}
      >
        {row.Name}
      </RouterLink>
    ),
  },
  {
    id: 'type',
    header: 'Type',
    sort: 'QuickConnectType',
    width: 130,
    cell: (row) => quickConnectTypes[row.QuickConnectType],
  },
  {
    id: 'destination',
    header: 'Destination',
    sort: 'Destination',
    width: 340,
    cell: (row) => <Destination row={row} />,
  },
  { id: 'flow', header: 'Flow', width: 200, cell: (row) => row.ContactFlow?.Name ?? '–' },
  {
    id: 'queues',
    header: 'Queues',
    width: 220,
    cell: (row) => row.Queues.map((queue) => queue.Name).join(', ') || '–',
  },
  { id: 'description', header: 'Description', width: 240, cell: (row) => row.Description || '–' },
];

/** Where it leads; for a user that is gone, that it leads to nobody. */
function Destination({ row }: { readonly row: QuickConnectRow }) {
  if (row.Orphaned) {
    return (
      <>
        <StatusIndicator type="warning">{`Orphaned: ${destinationName(row)}`}</StatusIndicator>
        <Box color="text-body-secondary" fontSize="body-s">
          {orphanText(row)}
        </Box>
      </>
    );
  }
  const id = row.Destination.Id;
  return row.QuickConnectType === 'USER' && id ? (
    <RouterLink to={{ to: '/users/$userId', params: { userId: id } }}>{destinationName(row)}</RouterLink>
  ) : (
    destinationName(row)
  );
}

export const quickConnectList: ListDeclaration<
  QuickConnectRow,
  QuickConnectSort,
  typeof quickConnectListShape.filters
> = {
  key: 'quick-connects',
  one: 'quick connect',
  many: 'quick connects',
  shape: quickConnectListShape,
  idOf: (row) => row.QuickConnectId,
  nameOf: (row) => row.Name,
  columns,
  queryKey: ['quick-connects'],
  load: async (state, { signal }) => {
    const { QuickConnects, TotalCount, OrphanedCount } = await searchQuickConnects(
      toQuickConnectRequest(state),
      signal,
    );
    return { rows: QuickConnects, total: TotalCount, attention: OrphanedCount };
  },
  isFiltered: isQuickConnectFiltered,
};

export type QuickConnectListState = ResourceListState<
  QuickConnectRow,
  QuickConnectSort,
  typeof quickConnectListShape.filters
>;
