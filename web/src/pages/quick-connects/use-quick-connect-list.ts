import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { quickConnectsQuery } from '../../api/quick-connects.ts';
import type { QuickConnectRow } from '../../api/types.ts';
import { useTablePreferences } from '../../components/table-preferences.ts';
import { useUrlState } from '../../routes/navigation.ts';
import { quickConnectColumnChoices } from './quick-connect-columns.tsx';
import {
  type QuickConnectListState,
  quickConnectSizes,
  readQuickConnectList,
  toQuickConnectRequest,
  writeQuickConnectList,
} from './quick-connect-list-state.ts';

type Selection = ReadonlyMap<string, QuickConnectRow>;

/** The list of quick connects: the state in its address, the rows that belong to it, and what is ticked. */
export function useQuickConnectList() {
  const [preferences, setPreferences] = useTablePreferences(
    'quick-connects',
    quickConnectColumnChoices,
    quickConnectSizes,
  );
  const size = preferences.pageSize;
  const read = useCallback((search: URLSearchParams) => readQuickConnectList(search, size), [size]);
  const [state, setState] = useUrlState<QuickConnectListState>(read, (next) => writeQuickConnectList(next, size));
  const [selection, setSelection] = useState<Selection>(new Map());
  const query = useQuery({ ...quickConnectsQuery(toQuickConnectRequest(state)), placeholderData: keepPreviousData });
  const total = query.data?.TotalCount;
  const pages = Math.max(1, Math.ceil((total ?? 0) / state.size));
  const rows = query.data?.QuickConnects ?? [];
  const change = (next: Partial<QuickConnectListState>, options?: { replace?: boolean }) =>
    setState({ ...state, page: 1, ...next }, options);
  // Of a list that has become shorter, the last page is shown instead of nothing.
  const beyond = total !== undefined && !query.isPlaceholderData && state.page > pages;
  useEffect(() => {
    if (beyond) setState({ ...state, page: pages }, { replace: true });
  });
  return {
    state,
    query,
    rows,
    total,
    pages,
    preferences,
    change,
    setPreferences: (next: Parameters<typeof setPreferences>[0]) => {
      const clean = setPreferences(next);
      if (clean.pageSize !== state.size) change({ size: clean.pageSize });
    },
    selection,
    clearSelection: () => setSelection(new Map()),
    select: (added: readonly QuickConnectRow[]) =>
      setSelection(new Map([...selection, ...added.map((row) => [row.QuickConnectId, row] as const)])),
    /** What is ticked on other pages stays. */
    selectOnPage: (chosen: readonly QuickConnectRow[]) => {
      const next = new Map(selection);
      for (const row of rows) next.delete(row.QuickConnectId);
      for (const row of chosen) next.set(row.QuickConnectId, row);
      setSelection(next);
    },
  };
}
