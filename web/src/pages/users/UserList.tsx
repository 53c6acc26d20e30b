import Pagination from '@cloudscape-design/components/pagination';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { BatchSelection } from '../../api/types.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ErrorAlert } from '../../components/ErrorAlert.tsx';
import { Preferences } from '../../components/Preferences.tsx';
import { focusPage, usePage } from '../../components/page.ts';
import { useTall } from '../../components/use-window.ts';
import { countOf } from '../../components/words.ts';
import { DeleteUsersModal } from './DeleteUsersModal.tsx';
import { LeaversListModal } from './LeaversListModal.tsx';
import { SelectionLine } from './SelectionLine.tsx';
import { UserFilters } from './UserFilters.tsx';
import { UserListHeader } from './UserListHeader.tsx';
import { useUserList } from './use-user-list.ts';
import { userColumnChoices, userColumns } from './user-columns.tsx';
import { isFiltered, pageSizes, sortFields, toSearch } from './user-list-state.ts';
import { loginsOf, nobody, selectedOf, selectOnPage, setUserSelection, toBatchSelection } from './user-selection.ts';

/** Users > User management. */
export function UserList() {
  usePage('User management', 'table');
  const list = useUserList();
  const tall = useTall();
  const { state, query, rows, total, pages, selection, preferences, change, changeFilter } = list;
  const [deleting, setDeleting] = useState<BatchSelection | 'ASK_FOR_LIST' | null>(null);
  const filtered = isFiltered(state);
  return (
    <div className={query.isPlaceholderData ? 'stale' : undefined}>
      <Table
        variant="full-page"
        stickyHeader={tall}
        trackBy="Id"
        items={rows}
        columnDefinitions={userColumns}
        columnDisplay={preferences.contentDisplay}
        wrapLines={preferences.wrapLines}
        resizableColumns
        loading={query.isPending}
        loadingText="Loading the users"
        selectionType="multi"
        // Until the rows are those of the filter, page and order in sight, nothing can be chosen by them.
        isItemDisabled={() => query.isPlaceholderData}
        selectedItems={selectedOf(selection, rows)}
        onSelectionChange={({ detail }) => setUserSelection(selectOnPage(selection, rows, detail.selectedItems))}
        sortingColumn={{ sortingField: state.sort }}
        sortingDescending={state.descending}
        onSortingChange={({ detail }) => {
          const sort = sortFields.find((field) => field === detail.sortingColumn.sortingField);
          if (sort) change({ sort, descending: detail.isDescending ?? false });
        }}
        ariaLabels={{
          tableLabel: 'Users',
          selectionGroupLabel: 'Choose users',
          allItemsSelectionLabel: () => 'Select all users on this page',
          itemSelectionLabel: (_, user) => `Select ${user.Username}`,
        }}
        renderAriaLive={({ firstIndex, lastIndex }) =>
          total === undefined ? '' : `Showing users ${firstIndex} to ${lastIndex} of ${total}`
        }
        totalItemsCount={total}
        firstIndex={(state.page - 1) * state.size + 1}
        header={
          <UserListHeader
            selection={selection}
            search={toSearch(state)}
            total={total}
            isFetching={query.isFetching}
            onRefresh={() => void query.refetch()}
            onDelete={() => setDeleting(toBatchSelection(selection))}
            onDeleteFromList={() => setDeleting('ASK_FOR_LIST')}
          />
        }
        filter={
          <SpaceBetween size="xs">
            <UserFilters filter={state} matches={query.isPlaceholderData ? undefined : total} onChange={changeFilter} />
            <SelectionLine
              selection={selection}
              rows={rows}
              total={query.isPlaceholderData ? undefined : total}
              search={toSearch(state)}
              filtered={filtered}
            />
            {query.error && query.data && (
              <ErrorAlert
                header="The list could not be loaded; this is an older one"
                error={query.error}
                onRetry={() => void query.refetch()}
              />
            )}
          </SpaceBetween>
        }
        empty={
          query.error ? (
            <ErrorAlert
              header="The users could not be loaded"
              error={query.error}
              onRetry={() => void query.refetch()}
            />
          ) : (
            <EmptyState
              title={filtered ? 'No user matches' : 'No users'}
              text={filtered ? 'Change or clear the filters above.' : 'Add the first one with Add new users.'}
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
            columns={userColumnChoices}
            sizes={pageSizes}
            noun="users"
            onConfirm={list.setPreferences}
          />
        }
      />
      <div className="visually-hidden" role="status">
        {filtered && total !== undefined && !query.isPlaceholderData
          ? `${countOf(total, 'user matches', 'users match')}`
          : ''}
      </div>
      {deleting === 'ASK_FOR_LIST' && <LeaversListModal onClose={() => setDeleting(null)} onChosen={setDeleting} />}
      {deleting && deleting !== 'ASK_FOR_LIST' && (
        <DeleteUsersModal
          selection={deleting}
          logins={loginsOf(selection)}
          onClose={() => setDeleting(null)}
          onStarted={() => {
            setDeleting(null);
            setUserSelection(nobody);
            focusPage();
          }}
        />
      )}
    </div>
  );
}
