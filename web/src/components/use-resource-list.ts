import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query';
import { type RegisteredRouter, useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { isStalePageToken } from '../api/errors.ts';
import { useKept } from './kept.ts';
import {
  type FilterCodecs,
  type FilterOf,
  filterOf,
  type ListSearch,
  type ListShape,
  type ListState,
  noFilterOf,
  readList,
  writeList,
} from './list-state.ts';
import { afterFilterChange, nothing, type Selection, selectionUnder } from './selection.ts';
import { type ColumnChoice, useTablePreferences } from './table-preferences.ts';
import { useTokenPages } from './use-token-pages.ts';
import { formatNumber } from './words.ts';

export interface ListColumn<Row, Sort extends string> {
  readonly id: string;
  readonly header: string;
  /** The name by which the server sorts. */
  readonly sort?: Sort;
  readonly width: number;
  readonly cell: (row: Row) => ReactNode;
  /** Shown unless the user chooses otherwise; `always` leaves no choice. */
  readonly shown?: 'always' | 'not';
}

export interface ListPage<Row> {
  readonly rows: readonly Row[];
  /** Of all pages, where the server counts. */
  readonly total?: number;
  /** Whether there are more than that, which nobody counts. */
  readonly endless?: boolean;
  /** The NextToken, where the server has those. */
  readonly next?: string | undefined;
  /** Of the whole list, whatever the filter, how many somebody should look at. */
  readonly attention?: number;
}

/** Of columns that every list has: the longest of their texts fits, in a system's widest font. */
export const columnWidths = { time: 250, id: 350 } as const;

/** A list of resources: everything about it but its own actions. */
export interface ListDeclaration<Row, Sort extends string, Codecs extends FilterCodecs> {
  /** Under which the user's preferences and selection are kept. */
  readonly key: string;
  /** "user", "users". */
  readonly one: string;
  readonly many: string;
  readonly shape: ListShape<Sort, Codecs>;
  readonly idOf: (row: Row) => string;
  readonly nameOf: (row: Row) => string;
  /** The first one names the row. */
  readonly columns: readonly ListColumn<Row, Sort>[];
  /** On a phone, everything of a row in one cell. Left out, the columns scroll sideways. */
  readonly card?: (row: Row) => ReactNode;
  /** Whether cells show all of their text unless the user chooses otherwise. */
  readonly wrapLines?: boolean;
  readonly queryKey: QueryKey;
  readonly load: (
    state: ListState<Sort, Codecs>,
    options: { readonly token?: string | undefined; readonly signal: AbortSignal },
  ) => Promise<ListPage<Row>>;
  /** When to look again by itself, in milliseconds. */
  readonly again?: (rows: readonly Row[]) => number | false;
  /** Whether the filter leaves anything out; left out: when it is not empty. */
  readonly isFiltered?: (filter: FilterOf<Codecs>) => boolean;
}

/** Where the list's state lives: a page whose search is the list's. */
interface ListPlace<Codecs extends FilterCodecs> {
  readonly id: keyof RegisteredRouter['routesById'];
  readonly useSearch: () => ListSearch<Codecs>;
}

export interface ChangeOptions<Sort extends string = string> {
  readonly replace?: boolean;
  /** Where a filter says in which order its rows stand. */
  readonly order?: { readonly sort: Sort; readonly descending: boolean };
}

/** A list's state in its address, the page of rows that belongs to it, what is ticked, and the user's preferences. */
export function useResourceList<Row, Sort extends string, Codecs extends FilterCodecs>(
  declaration: ListDeclaration<Row, Sort, Codecs>,
  place: ListPlace<Codecs>,
) {
  const { shape, key } = declaration;
  const router = useRouter();
  const search = place.useSearch();
  const choices = useMemo(() => columnChoices(declaration.columns), [declaration]);
  const [preferences, setPreferences] = useTablePreferences(key, choices, shape.sizes, declaration.wrapLines);
  const defaultSize = preferences.pageSize;
  const state = useMemo(() => readList(shape, search, defaultSize), [shape, search, defaultSize]);
  const filter = useMemo(() => filterOf(shape, state), [shape, state]);
  const filtered = declaration.isFiltered?.(filter) ?? JSON.stringify(filter) !== JSON.stringify(noFilterOf(shape));
  const [kept, select] = useKept<Selection<Row, FilterOf<Codecs>>>(`selection.${key}`, nothing);
  const selection = selectionUnder(kept, filter);

  const tokens = useTokenPages(JSON.stringify({ ...state, page: 1 }));
  const query = useQuery({
    queryKey: [...declaration.queryKey, state, tokens.token],
    queryFn: ({ signal }) => declaration.load(state, { token: tokens.token, signal }),
    placeholderData: keepPreviousData,
    // Not kept after leaving it: the list shows what is there when it is opened.
    gcTime: 0,
    refetchInterval: ({ state: { data } }) => (data && declaration.again?.(data.rows)) ?? false,
  });
  const data = query.data;
  const setState = (next: ListState<Sort, Codecs>, options: ChangeOptions = {}) =>
    void router.navigate({
      to: router.routesById[place.id].fullPath,
      params: true,
      search: writeList(shape, next, defaultSize),
      replace: options.replace ?? false,
      // As with any filter: whoever changes it goes on looking at it.
      resetScroll: false,
    });
  const change = (next: Partial<ListState<Sort, Codecs>>, options?: ChangeOptions) =>
    setState({ ...state, page: 1, ...next }, options);

  // Of a list that has become shorter, the last page is shown instead of nothing.
  const total = data?.total;
  const pages = Math.max(1, Math.ceil((total ?? 0) / state.size));
  const beyond = total !== undefined && !query.isPlaceholderData && state.page > pages;
  useEffect(() => {
    if (beyond) setState({ ...state, page: pages }, { replace: true });
  });
  // A page that its list does not know any more: it begins anew, and says so.
  const [restarted, setRestarted] = useState(false);
  const stale = tokens.page > 1 && isStalePageToken(query.error);
  useEffect(() => {
    if (!stale) return;
    tokens.restart();
    setRestarted(true);
  });

  const byToken = total === undefined && data !== undefined;
  return {
    declaration,
    state,
    filter,
    filtered,
    query,
    rows: data?.rows ?? [],
    total,
    /** "1,200", "10,000+". */
    totalText: total === undefined ? undefined : `${formatNumber(total)}${data?.endless ? '+' : ''}`,
    attention: data?.attention ?? 0,
    choices,
    preferences,
    selection,
    select,
    /** Whether the list began anew because a page was not there any more. */
    restarted,
    /** Whether it looks again by itself: then a fetch is nothing that somebody waits for. */
    follows: declaration.again !== undefined,
    sortBy: (sort: Sort, descending: boolean) => change({ sort, descending } as Partial<ListState<Sort, Codecs>>),
    changeFilter: (next: Partial<FilterOf<Codecs>>, options?: ChangeOptions<Sort>) => {
      select(afterFilterChange(selection));
      change({ ...next, ...options?.order } as Partial<ListState<Sort, Codecs>>, options);
    },
    refresh: () => void query.refetch(),
    setPreferences: (next: Parameters<typeof setPreferences>[0]) => {
      const clean = setPreferences(next);
      if (clean.pageSize !== state.size) change({ size: clean.pageSize } as Partial<ListState<Sort, Codecs>>);
    },
    pagination: {
      page: byToken ? tokens.page : state.page,
      pages: byToken ? Math.max(tokens.page, data.next ? tokens.page + 1 : 1) : pages,
      openEnd: byToken && data.next !== undefined,
      go: (to: number) => {
        setRestarted(false);
        if (byToken) tokens.go(to, data.next);
        else change({ page: to } as Partial<ListState<Sort, Codecs>>);
      },
    },
  };
}

export type ResourceListState<Row, Sort extends string, Codecs extends FilterCodecs> = ReturnType<
  typeof useResourceList<Row, Sort, Codecs>
>;

const columnChoices = (columns: readonly ListColumn<never, string>[]): ColumnChoice[] =>
  columns.map(({ id, header, shown }) => ({
    id,
    label: header,
    visible: shown !== 'not',
    ...(shown === 'always' && { alwaysVisible: true }),
  }));
