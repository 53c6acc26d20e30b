import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { userDetailsQuery } from '../../api/users.ts';
import { useTablePreferences } from '../../components/table-preferences.ts';
import { useUrlState } from '../../routes/navigation.ts';
import { userColumnChoices } from './user-columns.tsx';
import {
  pageSizes,
  readUserList,
  toRequest,
  toSearch,
  type UserFilter,
  type UserListState,
  writeUserList,
} from './user-list-state.ts';
import { afterFilterChange, selectionUnder, setUserSelection, useUserSelection } from './user-selection.ts';

/** The list of User management: the state in its address, the page of users that belongs to it, its preferences. */
export function useUserList() {
  const [preferences, setPreferences] = useTablePreferences('users', userColumnChoices, pageSizes);
  const size = preferences.pageSize;
  const read = useCallback((search: URLSearchParams) => readUserList(search, size), [size]);
  const [state, setState] = useUrlState<UserListState>(read, (next) => writeUserList(next, size));
  const selection = selectionUnder(useUserSelection(), toSearch(state));
  const query = useQuery({ ...userDetailsQuery(toRequest(state)), placeholderData: keepPreviousData });
  const total = query.data?.TotalCount;
  const pages = Math.max(1, Math.ceil((total ?? 0) / state.size));
  const change = (next: Partial<UserListState>, options?: { replace?: boolean }) =>
    setState({ ...state, page: 1, ...next }, options);
  // Of a list that has become shorter, the last page is shown instead of nothing.
  const beyond = total !== undefined && !query.isPlaceholderData && state.page > pages;
  useEffect(() => {
    if (beyond) setState({ ...state, page: pages }, { replace: true });
  });
  return {
    state,
    query,
    rows: query.data?.Users ?? [],
    total,
    pages,
    selection,
    preferences,
    setPreferences: (next: Parameters<typeof setPreferences>[0]) => {
      const clean = setPreferences(next);
      if (clean.pageSize !== state.size) change({ size: clean.pageSize });
    },
    change,
    changeFilter: (next: Partial<UserFilter>, options?: { replace?: boolean }) => {
      setUserSelection(afterFilterChange(selection));
      change(next, options);
    },
  };
}
