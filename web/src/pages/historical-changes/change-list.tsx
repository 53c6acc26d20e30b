import Box from '@cloudscape-design/components/box';
import { call } from '../../api/client.ts';
import { columnWidths, type ListDeclaration, type ResourceListState } from '../../components/use-resource-list.ts';
import { ChangeLink } from './ChangeLink.tsx';
import { type ChangeFilters, changeListShape, toChangesRequest } from './change-list-state.ts';
import {
  actionWords,
  actorText,
  changeTitle,
  doorWords,
  type HistoricalChange,
  summaryOf,
  typeText,
} from './change-words.ts';

/** Historical changes. */
export const changeList: ListDeclaration<HistoricalChange, 'Time', ChangeFilters> = {
  key: 'historical-changes',
  one: 'change',
  many: 'changes',
  shape: changeListShape,
  wrapLines: true,
  idOf: ({ Id }) => Id,
  nameOf: ({ Resource }) => Resource.Name,
  columns: [
    {
      id: 'time',
      header: 'Time',
      width: columnWidths.time,
      shown: 'always',
      cell: (change) => <ChangeLink change={change} />,
    },
    { id: 'by', header: 'Changed by', width: 150, cell: actorText },
    { id: 'type', header: 'Resource type', width: 140, cell: typeText },
    { id: 'resource', header: 'Resource name', width: 160, cell: ({ Resource }) => Resource.Name },
    { id: 'action', header: 'Change', width: 100, cell: ({ Action }) => actionWords[Action] },
    { id: 'summary', header: 'Values', width: 240, cell: summaryOf },
    { id: 'operation', header: 'Operation', width: 230, cell: ({ Operation }) => Operation },
    { id: 'door', header: 'Door', width: 150, cell: ({ Door }) => doorWords[Door] },
    { id: 'permission', header: 'Permission', width: 220, shown: 'not', cell: ({ Permission }) => Permission },
    { id: 'id', header: 'Resource ID', width: columnWidths.id, shown: 'not', cell: ({ Resource }) => Resource.Id },
    { id: 'request', header: 'Request ID', width: columnWidths.id, shown: 'not', cell: ({ RequestId }) => RequestId },
  ],
  card: (change) => (
    <>
      <ChangeLink change={change} />
      <div>{changeTitle(change)}</div>
      <div>{summaryOf(change)}</div>
      <Box color="text-body-secondary" fontSize="body-s">
        {`${actorText(change)} · ${doorWords[change.Door]} · ${change.Operation}`}
      </Box>
    </>
  ),
  queryKey: ['historical-changes'],
  load: async (state, { token, signal }) => {
    const request = { ...toChangesRequest(state, new Date()), MaxResults: state.size, NextToken: token };
    const page = await call('ListHistoricalChanges', request, { signal });
    return { rows: page.HistoricalChanges, next: page.NextToken };
  },
};

export type ChangeListState = ResourceListState<HistoricalChange, 'Time', ChangeFilters>;
