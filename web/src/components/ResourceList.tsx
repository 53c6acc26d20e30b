import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { EmptyState } from './EmptyState.tsx';
import { ErrorAlert } from './ErrorAlert.tsx';
import type { FilterCodecs } from './list-state.ts';
import { Preferences } from './Preferences.tsx';
import { SelectionLine } from './SelectionLine.tsx';
import { selectedCount, selectedOf, selectOnPage } from './selection.ts';
import type { ResourceListState } from './use-resource-list.ts';
import { useNarrow, useTall } from './use-window.ts';
import { countOf, formatNumber } from './words.ts';

interface ResourceListProps<Row, Sort extends string, Codecs extends FilterCodecs> {
  readonly list: ResourceListState<Row, Sort, Codecs>;
  readonly title: string;
  readonly description?: string;
  /** A list that is a part of its page has no sticky title and nothing to tick. */
  readonly part?: boolean;
  /** Rows can be ticked; `all` offers everything that matches as well. */
  readonly selects?: 'rows' | 'all';
  /** The buttons, beside Refresh. */
  readonly actions?: ReactNode;
  readonly filters: ReactNode;
  /** In the line of the selection. */
  readonly selectors?: ReactNode;
  readonly empty: { readonly title: string; readonly text?: string };
  readonly noMatch: { readonly title: string; readonly text?: string };
}

/** A table of resources with everything around it. */
export function ResourceList<Row, Sort extends string, Codecs extends FilterCodecs>(
  props: ResourceListProps<Row, Sort, Codecs>,
) {
  const { list, title, description, part = false, selects, actions, filters, selectors, empty, noMatch } = props;
  const { declaration, state, query, rows, total, selection, preferences, pagination } = list;
  const { one, many, idOf, nameOf, card } = declaration;
  const tall = useTall();
  const narrow = useNarrow();
  const asCards = narrow && card !== undefined;
  const count = selectedCount(selection);
  const heading = (
    <Header
      variant={part ? 'h2' : 'awsui-h1-sticky'}
      {...(description === undefined ? {} : { description })}
      {...(list.totalText === undefined
        ? {}
        : { counter: `(${count > 0 ? `${formatNumber(count)}/` : ''}${list.totalText})` })}
      actions={
        <div className="actions">
          <Button
            iconName="refresh"
            ariaLabel="Refresh"
            loading={query.isFetching && !list.follows}
            onClick={list.refresh}
          />
          {actions}
        </div>
      }
    >
      {title}
    </Header>
  );
  return (
    <div className={query.isPlaceholderData ? 'stale' : undefined}>
      <Table
        variant={part ? 'container' : 'full-page'}
        stickyHeader={!part && tall}
        trackBy={idOf}
        items={rows}
        columnDefinitions={
          asCards
            ? [{ id: 'card', header: `${one.charAt(0).toUpperCase()}${one.slice(1)}`, isRowHeader: true, cell: card }]
            : columnsOf(list)
        }
        {...(asCards ? {} : { columnDisplay: preferences.contentDisplay })}
        wrapLines={asCards || preferences.wrapLines}
        resizableColumns={!asCards}
        loading={query.isPending}
        loadingText={`Loading the ${many}`}
        {...(selects && { selectionType: 'multi' })}
        // Until the rows are those of the filter, page and order in sight, nothing can be chosen by them.
        isItemDisabled={() => query.isPlaceholderData}
        selectedItems={selects ? selectedOf(selection, rows, idOf) : []}
        onSelectionChange={({ detail }) => list.select(selectOnPage(selection, rows, detail.selectedItems, idOf))}
        sortingColumn={{ sortingField: state.sort }}
        sortingDescending={state.descending}
        onSortingChange={({ detail }) => {
          const sort = declaration.shape.sorts.find((known) => known === detail.sortingColumn.sortingField);
          if (sort) list.sortBy(sort, detail.isDescending ?? false);
        }}
        ariaLabels={{
          tableLabel: title,
          selectionGroupLabel: `Choose ${many}`,
          allItemsSelectionLabel: () => `Select all ${many} on this page`,
          itemSelectionLabel: (_, row) => `Select ${nameOf(row)}`,
        }}
        renderAriaLive={({ firstIndex, lastIndex }) =>
          total === undefined ? '' : `Showing ${many} ${firstIndex} to ${lastIndex} of ${total}`
        }
        {...(total === undefined ? {} : { totalItemsCount: total, firstIndex: (state.page - 1) * state.size + 1 })}
        header={heading}
        filter={
          <SpaceBetween size="xs">
            {filters}
            {selects && (
              <SelectionLine list={list} offersAll={selects === 'all'}>
                {selectors}
              </SelectionLine>
            )}
            {list.restarted && (
              <Alert type="info" statusIconAriaLabel="Info">
                {`The page is not there any more, as the ${many} have changed. This is the beginning.`}
              </Alert>
            )}
            {query.error && query.data && (
              <ErrorAlert
                header="The list could not be loaded; this is an older one"
                error={query.error}
                onRetry={list.refresh}
              />
            )}
          </SpaceBetween>
        }
        empty={
          query.error ? (
            <ErrorAlert header={`The ${many} could not be loaded`} error={query.error} onRetry={list.refresh} />
          ) : (
            <EmptyState {...(list.filtered ? noMatch : empty)} />
          )
        }
        pagination={
          <Pagination
            currentPageIndex={pagination.page}
            pagesCount={pagination.pages}
            openEnd={pagination.openEnd}
            disabled={query.data === undefined}
            onChange={({ detail }) => pagination.go(detail.currentPageIndex)}
            ariaLabels={{
              nextPageLabel: 'Next page',
              previousPageLabel: 'Previous page',
              pageLabel: (page) => (pagination.openEnd ? `Page ${page}` : `Page ${page} of ${pagination.pages}`),
            }}
          />
        }
        preferences={
          <Preferences
            preferences={{ ...preferences, pageSize: state.size }}
            columns={list.choices}
            sizes={declaration.shape.sizes}
            noun={many}
            onConfirm={list.setPreferences}
          />
        }
      />
      <div className="visually-hidden" role="status">
        {list.filtered && total !== undefined && !query.isPlaceholderData
          ? `${countOf(total, `${one} matches`, `${many} match`)}`
          : ''}
      </div>
    </div>
  );
}

function columnsOf<Row, Sort extends string, Codecs extends FilterCodecs>({
  declaration,
}: ResourceListState<Row, Sort, Codecs>): TableProps.ColumnDefinition<Row>[] {
  return declaration.columns.map(({ id, header, sort, width, cell }, index) => ({
    id,
    header,
    ...(sort !== undefined && { sortingField: sort }),
    isRowHeader: index === 0,
    width,
    minWidth: 80,
    cell,
  }));
}
