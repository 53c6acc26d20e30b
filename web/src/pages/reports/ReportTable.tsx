import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import Icon from '@cloudscape-design/components/icon';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useMemo, useRef, useState } from 'react';
import type { Moments } from '../../components/calendar.ts';
import { DeletedBadge } from '../../components/DeletedBadge.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { useNarrow, useTall } from '../../components/use-window.ts';
import { agentName, formatNumber } from '../../components/words.ts';
import { MetricMeanings } from './MetricMeanings.tsx';
import type { ReportSearch } from './report-search.ts';
import { groupingWords, mismatch, type ReportSettings } from './report-settings.ts';
import { readSorting, type SortKey, sorted, writeSorting } from './report-sort.ts';
import {
  type Dimension,
  dimensionText,
  intervalText,
  momentsOfRow,
  type ReportAnswer,
  type ReportRow,
  valueText,
} from './report-words.ts';
import { useStickyColumns } from './sticky-columns.ts';

/** What the table and the charts have around them. */
export interface ReportParts {
  readonly title: string;
  readonly summary: string;
  readonly actions: ReactNode;
  readonly notes: ReactNode;
  readonly query: Pick<UseQueryResult<unknown>, 'error' | 'isPending' | 'isPlaceholderData' | 'refetch'>;
  /** Why nothing can be asked for. */
  readonly problem: string | null;
  /** Those that the answer is of. */
  readonly settings: ReportSettings;
  readonly answer: ReportAnswer | undefined;
  /** From when to when it is. */
  readonly moments: Moments | undefined;
  readonly change: (next: ReportSearch) => void;
}

interface TableRow {
  readonly key: string;
  /** Null: of everything. */
  readonly row: ReportRow | null;
  readonly values: ReportAnswer['Totals'];
}

const pageSize = 50;

export function ReportTable(props: ReportParts & { readonly sort: string | undefined }) {
  const { title, summary, actions, notes, query, problem, settings, answer, sort, change } = props;
  const tall = useTall();
  const narrow = useNarrow();
  const sorting = readSorting(sort);
  const rows = useMemo(() => sorted(answer?.Rows ?? [], readSorting(sort)), [answer, sort]);
  const [wanted, setPage] = useState(1);
  const pages = Math.max(1, Math.ceil(rows.length / pageSize));
  const page = Math.min(wanted, pages);
  const items: TableRow[] = rows.slice((page - 1) * pageSize, page * pageSize).map((row, index) => ({
    key: String((page - 1) * pageSize + index),
    row,
    values: row.Values,
  }));
  // On every page, and never sorted among the rows.
  if (answer && items.length > 0) items.unshift({ key: 'total', row: null, values: answer.Totals });
  const naming = namingColumns(settings, narrow);
  const place = useRef<HTMLDivElement>(null);
  const staying = useStickyColumns(place, naming.length);
  return (
    <div ref={place}>
      <Table
        variant="full-page"
        stickyHeader={tall}
        stickyColumns={{ first: staying }}
        trackBy="key"
        items={problem === null ? items : []}
        columnDefinitions={[...naming, ...metricColumns(settings)]}
        loading={problem === null && query.isPending}
        loadingText="Loading the report"
        wrapLines={false}
        {...(sorting && { sortingColumn: { sortingField: sorting.by }, sortingDescending: sorting.descending })}
        onSortingChange={({ detail }) => {
          const by = detail.sortingColumn.sortingField as SortKey | undefined;
          if (!by) return;
          setPage(1);
          change({ sort: writeSorting({ by, descending: detail.isDescending ?? false }) });
        }}
        ariaLabels={{ tableLabel: title }}
        renderAriaLive={({ firstIndex, lastIndex, totalItemsCount }) =>
          `Showing rows ${firstIndex} to ${lastIndex} of ${totalItemsCount}`
        }
        totalItemsCount={rows.length}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={summary}
            {...(answer && problem === null ? { counter: `(${formatNumber(rows.length)})` } : {})}
            actions={actions}
          >
            {title}
          </Header>
        }
        filter={notes}
        empty={<NoRows query={query} problem={problem} />}
        pagination={
          <Pagination
            currentPageIndex={page}
            pagesCount={pages}
            onChange={({ detail }) => setPage(detail.currentPageIndex)}
            ariaLabels={{
              nextPageLabel: 'Next page',
              previousPageLabel: 'Previous page',
              pageLabel: (number) => `Page ${number} of ${pages}`,
            }}
          />
        }
        footer={
          <ExpandableSection headerText="What the metrics mean">
            <MetricMeanings settings={settings} />
          </ExpandableSection>
        }
      />
    </div>
  );
}

export function NoRows({ query, problem }: Pick<ReportParts, 'query' | 'problem'>) {
  if (problem !== null) return <EmptyState title="There is no such report" text={problem} />;
  if (query.error) {
    return (
      <ErrorAlert header="The report could not be loaded" error={query.error} onRetry={() => void query.refetch()} />
    );
  }
  return (
    <EmptyState
      title="No data"
      text="Nothing happened in this range that the filters let through. Choose another range or fewer filters in Settings."
    />
  );
}

const bold = ({ row }: TableRow, content: ReactNode) => (row ? content : <Box variant="strong">{content}</Box>);

/** Those that tell one row from another; on a phone all of them in one column, for which there is room beside the metrics. */
function namingColumns(settings: ReportSettings, narrow: boolean): TableProps.ColumnDefinition<TableRow>[] {
  const { interval, groupings } = settings;
  const withInterval = interval !== 'TOTAL' || groupings.length === 0;
  const columns = [
    ...(withInterval
      ? [
          {
            id: 'interval',
            header: 'Interval',
            sortingField: 'interval',
            isRowHeader: true,
            cell: (item: TableRow) => bold(item, item.row ? intervalText(momentsOfRow(item.row), settings) : 'Total'),
          },
        ]
      : []),
    ...groupings.map((key, index) => ({
      id: `group-${index}`,
      header: groupingWords[key],
      sortingField: `group-${index}`,
      isRowHeader: !withInterval && index === 0,
      cell: (item: TableRow) => {
        const dimension = item.row?.Dimensions[index];
        if (dimension) return <DimensionCell dimension={dimension} deleted={item.row?.Deleted} />;
        return bold(item, !withInterval && index === 0 ? 'Total' : '');
      },
    })),
  ];
  const [first, ...others] = columns;
  if (!narrow || !first) return columns;
  return [
    {
      ...first,
      cell: (item) => (
        <div className="row-name">
          {first.cell(item)}
          {item.row && others.map(({ id, cell }) => <div key={id}>{cell(item)}</div>)}
        </div>
      ),
    },
  ];
}

function metricColumns(settings: ReportSettings): TableProps.ColumnDefinition<TableRow>[] {
  return settings.metrics.map((metric, index) => ({
    id: `metric-${index}`,
    header: <MetricHeader title={metric.title} mismatch={mismatch(metric, settings)} />,
    sortingField: `metric-${index}`,
    cell: (item) => bold(item, <span className="numbers">{valueText(item.values[index]?.Value, metric.unit)}</span>),
  }));
}

function MetricHeader({ title, mismatch: why }: { readonly title: string; readonly mismatch: string | null }) {
  if (why === null) return title;
  return (
    <span title={why}>
      {title} <Icon name="status-warning" variant="warning" ariaLabel={`! ${why}`} />
    </span>
  );
}

function DimensionCell({
  dimension,
  deleted,
}: {
  readonly dimension: Dimension;
  readonly deleted: ReportRow['Deleted'];
}) {
  const text = dimensionText(dimension);
  if (dimension.Key !== 'AGENT') return text;
  const person = agentName(dimension);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <span>
        {text}
        {person !== '' && person !== text && (
          <Box variant="span" color="text-body-secondary">
            {' '}
            {person}
          </Box>
        )}
      </span>
      {deleted && <DeletedBadge time={deleted.Time} by={deleted.By} />}
    </SpaceBetween>
  );
}
