import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Preferences } from '../../components/Preferences.tsx';
import { focusPage, usePage } from '../../components/page.ts';
import { useTall } from '../../components/use-window.ts';
import { DeleteQuickConnectsModal } from './DeleteQuickConnectsModal.tsx';
import { QuickConnectFilters } from './QuickConnectFilters.tsx';
import { QuickConnectListHeader } from './QuickConnectListHeader.tsx';
import { QuickConnectSelectionLine } from './QuickConnectSelectionLine.tsx';
import { quickConnectColumnChoices, quickConnectColumns } from './quick-connect-columns.tsx';
import { isQuickConnectFiltered, isSort, quickConnectSizes } from './quick-connect-list-state.ts';
import { RepointModal } from './RepointModal.tsx';
import { useQuickConnectList } from './use-quick-connect-list.ts';

/** Routing > Quick connects. */
export function QuickConnectList() {
  const tall = useTall();
  usePage('Quick connects', 'table');
  const list = useQuickConnectList();
  const { state, query, rows, total, pages, preferences, change, selection } = list;
  const [dialog, setDialog] = useState<'DELETE' | 'REPOINT' | null>(null);
  const chosen = [...selection.values()];
  const filtered = isQuickConnectFiltered(state);
  const refresh = () => void query.refetch();
  const close = () => setDialog(null);
  const done = () => {
    close();
    list.clearSelection();
    refresh();
    focusPage();
  };
  return (
    <div className={query.isPlaceholderData ? 'stale' : undefined}>
      <Table
        variant="full-page"
        stickyHeader={tall}
        trackBy="QuickConnectId"
        items={rows}
        columnDefinitions={quickConnectColumns}
        columnDisplay={preferences.contentDisplay}
        wrapLines={preferences.wrapLines}
        resizableColumns
        loading={query.isPending}
        loadingText="Loading the quick connects"
        selectionType="multi"
        // Until the rows are those of the filter, page and order in sight, nothing can be chosen by them.
        isItemDisabled={() => query.isPlaceholderData}
        selectedItems={rows.filter((row) => selection.has(row.QuickConnectId))}
        onSelectionChange={({ detail }) => list.selectOnPage(detail.selectedItems)}
        sortingColumn={{ sortingField: state.sort }}
        sortingDescending={state.descending}
        onSortingChange={({ detail }) => {
          const sort = detail.sortingColumn.sortingField;
          if (isSort(sort)) change({ sort, descending: detail.isDescending ?? false });
        }}
        ariaLabels={{
          tableLabel: 'Quick connects',
          selectionGroupLabel: 'Choose quick connects',
          allItemsSelectionLabel: () => 'Select all quick connects on this page',
          itemSelectionLabel: (_, row) => `Select ${row.Name}`,
        }}
        renderAriaLive={({ firstIndex, lastIndex }) =>
          total === undefined ? '' : `Showing quick connects ${firstIndex} to ${lastIndex} of ${total}`
        }
        totalItemsCount={total}
        firstIndex={(state.page - 1) * state.size + 1}
        header={
          <QuickConnectListHeader
            chosen={chosen}
            total={total}
            isFetching={query.isFetching}
            onRefresh={refresh}
            onDelete={() => setDialog('DELETE')}
            onRepoint={() => setDialog('REPOINT')}
          />
        }
        filter={
          <SpaceBetween size="xs">
            <QuickConnectFilters
              filter={state}
              matches={query.isPlaceholderData ? undefined : total}
              onChange={change}
            />
            <QuickConnectSelectionLine
              chosen={chosen}
              orphaned={query.data?.OrphanedCount ?? 0}
              onSelect={list.select}
              onClear={list.clearSelection}
            />
            {query.error && query.data && (
              <ErrorAlert
                header="The list could not be loaded; this is an older one"
                error={query.error}
                onRetry={refresh}
              />
            )}
          </SpaceBetween>
        }
        empty={
          query.error ? (
            <ErrorAlert header="The quick connects could not be loaded" error={query.error} onRetry={refresh} />
          ) : (
            <EmptyState
              title={filtered ? 'No quick connect matches' : 'No quick connects'}
              text={filtered ? 'Change or clear the filters above.' : 'Add the first one with Add new.'}
            />
          )
        }
        pagination={
          <Pagination
            currentPageIndex={state.page}
            pagesCount={pages}
            disabled={total === undefined}
            onChange={({ detail }) => change({ page: detail.currentPageIndex })}
            ariaLabels={{
              nextPageLabel: 'Next page',
              previousPageLabel: 'Previous page',
              pageLabel: (page) => `Page ${page} of ${pages}`,
            }}
          />
        }
        preferences={
          <Preferences
            preferences={{ ...preferences, pageSize: state.size }}
            columns={quickConnectColumnChoices}
            sizes={quickConnectSizes}
            noun="quick connects"
            onConfirm={list.setPreferences}
          />
        }
      />
      {dialog === 'DELETE' && <DeleteQuickConnectsModal rows={chosen} onClose={close} onDone={done} />}
      {dialog === 'REPOINT' && <RepointModal rows={chosen} onClose={close} onDone={done} />}
    </div>
  );
}
