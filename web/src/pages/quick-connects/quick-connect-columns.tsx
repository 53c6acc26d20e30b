import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import type { QuickConnectRow } from '../../api/types.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import type { ColumnChoice } from '../../components/table-preferences.ts';
import { quickConnectPath, userPath } from '../../routes/paths.ts';
import { quickConnectTypes } from './quick-connect-list-state.ts';
import { destinationName, orphanText } from './quick-connect-words.ts';

/** `sortingField` is the name by which the server sorts. */
export const quickConnectColumns: TableProps.ColumnDefinition<QuickConnectRow>[] = [
  {
    id: 'name',
    header: 'Name',
    sortingField: 'Name',
    isRowHeader: true,
    width: 240,
    minWidth: 80,
    cell: (row) => <RouterLink href={quickConnectPath(row.QuickConnectId)}>{row.Name}</RouterLink>,
  },
  {
    id: 'type',
    header: 'Type',
    sortingField: 'QuickConnectType',
    width: 130,
    minWidth: 80,
    cell: (row) => quickConnectTypes[row.QuickConnectType],
  },
  {
    id: 'destination',
    header: 'Destination',
    sortingField: 'Destination',
    width: 340,
    minWidth: 80,
    cell: (row) => <Destination row={row} />,
  },
  { id: 'flow', header: 'Flow', width: 200, minWidth: 80, cell: (row) => row.ContactFlow?.Name ?? '–' },
  {
    id: 'queues',
    header: 'Queues',
    width: 220,
    minWidth: 80,
    cell: (row) => row.Queues.map((queue) => queue.Name).join(', ') || '–',
  },
  { id: 'description', header: 'Description', width: 240, minWidth: 80, cell: (row) => row.Description || '–' },
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
    <RouterLink href={userPath(id)}>{destinationName(row)}</RouterLink>
  ) : (
    destinationName(row)
  );
}

export const quickConnectColumnChoices: readonly ColumnChoice[] = [
  { id: 'name', label: 'Name', alwaysVisible: true, visible: true },
  { id: 'type', label: 'Type', visible: true },
  { id: 'destination', label: 'Destination', visible: true },
  { id: 'flow', label: 'Flow', visible: true },
  { id: 'queues', label: 'Queues', visible: true },
  { id: 'description', label: 'Description', visible: true },
];
