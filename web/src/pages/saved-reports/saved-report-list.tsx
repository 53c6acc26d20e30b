import Box from '@cloudscape-design/components/box';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { call } from '../../api/client.ts';
import type { SavedReportRow, SavedReportStatus } from '../../api/saved-reports.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import { TimeText } from '../../components/TimeText.tsx';
import { columnWidths, type ListDeclaration, type ResourceListState } from '../../components/use-resource-list.ts';
import {
  type SavedReportSort,
  savedReportListShape,
  savedReportStatuses,
  savedReportTypes,
} from './saved-report-list-state.ts';
import { OwnerText } from './saved-report-words.tsx';

type Filters = typeof savedReportListShape.filters;

function ReportLink({ row }: { readonly row: SavedReportRow }) {
  return (
    <RouterLink to={{ to: '/saved-reports/$savedReportId', params: { savedReportId: row.Id } }}>{row.Name}</RouterLink>
  );
}

const statusTypes = { PRIVATE: 'stopped', SHARED: 'info', PUBLISHED: 'success' } as const;

function StatusText({ status }: { readonly status: SavedReportStatus }) {
  return <StatusIndicator type={statusTypes[status]}>{savedReportStatuses[status]}</StatusIndicator>;
}

export const savedReportList: ListDeclaration<SavedReportRow, SavedReportSort, Filters> = {
  key: 'saved-reports',
  one: 'saved report',
  many: 'saved reports',
  shape: savedReportListShape,
  idOf: ({ Id }) => Id,
  nameOf: ({ Name }) => Name,
  columns: [
    { id: 'name', header: 'Name', sort: 'Name', shown: 'always', width: 280, cell: (row) => <ReportLink row={row} /> },
    { id: 'type', header: 'Type', sort: 'Type', width: 180, cell: ({ Type }) => savedReportTypes[Type] },
    {
      id: 'status',
      header: 'Status',
      sort: 'Status',
      width: 170,
      cell: ({ Status }) => <StatusText status={Status} />,
    },
    { id: 'owner', header: 'Owner', width: 200, cell: ({ Owner }) => <OwnerText owner={Owner} /> },
    {
      id: 'modified',
      header: 'Last modified',
      sort: 'LastModifiedTime',
      width: columnWidths.time,
      cell: ({ LastModifiedTime }) => <TimeText seconds={LastModifiedTime} />,
    },
  ],
  card: (row) => (
    <>
      <ReportLink row={row} />
      <div>
        {savedReportTypes[row.Type]} · <StatusText status={row.Status} />
      </div>
      <Box color="text-body-secondary" fontSize="body-s">
        <OwnerText owner={row.Owner} />, <TimeText seconds={row.LastModifiedTime} />
      </Box>
    </>
  ),
  queryKey: ['saved-reports'],
  load: async ({ q, all, type, status, owner, page, size, sort, descending }, { signal }) => {
    const { SavedReports, TotalCount } = await call(
      'ListSavedReports',
      {
        ...(all && { All: true }),
        ...(q.trim() !== '' && { NameContains: q.trim() }),
        ...(type && { Types: [type] }),
        ...(status && { Statuses: [status] }),
        ...(owner !== '' && { UserIds: [owner] }),
        SortBy: sort,
        SortOrder: descending ? 'DESCENDING' : 'ASCENDING',
        StartIndex: (page - 1) * size,
        MaxResults: size,
      },
      { signal },
    );
    return { rows: SavedReports, total: TotalCount };
  },
  // Whose are looked at is no filter of them.
  isFiltered: ({ q, type, status, owner }) => q.trim() !== '' || type !== null || status !== null || owner !== '',
};

export type SavedReportListState = ResourceListState<SavedReportRow, SavedReportSort, Filters>;
