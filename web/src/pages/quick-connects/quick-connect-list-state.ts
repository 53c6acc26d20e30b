import type { QuickConnectsRequest } from '../../api/quick-connects.ts';
import type { QuickConnectType } from '../../api/types.ts';

export const quickConnectTypes = { USER: 'User', QUEUE: 'Queue', PHONE_NUMBER: 'Phone number', FLOW: 'Flow' } as const;
export const quickConnectSizes = [10, 25, 50, 100] as const;
const sorts = ['Name', 'QuickConnectType', 'Destination'] as const;

export interface QuickConnectFilter {
  readonly q: string;
  readonly type: QuickConnectType | null;
  readonly orphaned: boolean;
  /** Only those that lead to this user; empty: all. */
  readonly userId: string;
}

/** What the address of Quick connects says. */
export interface QuickConnectListState extends QuickConnectFilter {
  readonly page: number;
  readonly size: number;
  readonly sort: (typeof sorts)[number];
  readonly descending: boolean;
}

export const noQuickConnectFilter: QuickConnectFilter = { q: '', type: null, orphaned: false, userId: '' };

export const isType = (text: string): text is QuickConnectType => Object.hasOwn(quickConnectTypes, text);

export const isSort = (text: string | undefined): text is QuickConnectListState['sort'] =>
  sorts.some((known) => known === text);

export function readQuickConnectList(search: URLSearchParams, defaultSize: number): QuickConnectListState {
  const page = Number(search.get('page'));
  const size = Number(search.get('size'));
  const sort = search.get('sort') ?? '';
  const field = sort.replace(/^-/, '');
  const type = search.get('type') ?? '';
  return {
    page: Number.isInteger(page) && page >= 1 ? page : 1,
    size: quickConnectSizes.find((known) => known === size) ?? defaultSize,
    sort: isSort(field) ? field : 'Name',
    descending: sort.startsWith('-'),
    q: (search.get('q') ?? '').slice(0, 127),
    type: isType(type) ? type : null,
    orphaned: search.get('orphaned') === 'true',
    userId: search.get('user') ?? '',
  };
}

export function writeQuickConnectList(state: QuickConnectListState, defaultSize: number): URLSearchParams {
  const search = new URLSearchParams();
  const put = (name: string, value: string, isDefault: boolean) => {
    if (!isDefault) search.set(name, value);
  };
  put('page', String(state.page), state.page === 1);
  put('size', String(state.size), state.size === defaultSize);
  put('sort', `${state.descending ? '-' : ''}${state.sort}`, state.sort === 'Name' && !state.descending);
  put('q', state.q, state.q === '');
  put('type', state.type ?? '', state.type === null);
  put('orphaned', 'true', !state.orphaned);
  put('user', state.userId, state.userId === '');
  return search;
}

export const isQuickConnectFiltered = ({ q, type, orphaned, userId }: QuickConnectFilter): boolean =>
  q.trim() !== '' || type !== null || orphaned || userId !== '';

export function toQuickConnectFilter(filter: QuickConnectFilter): QuickConnectsRequest {
  return {
    ...(filter.q.trim() !== '' && { NameContains: filter.q.trim() }),
    ...(filter.type && { QuickConnectTypes: [filter.type] }),
    ...(filter.orphaned && { Orphaned: true }),
    ...(filter.userId && { UserIds: [filter.userId] }),
  };
}

export function toQuickConnectRequest(state: QuickConnectListState): QuickConnectsRequest {
  return {
    ...toQuickConnectFilter(state),
    SortBy: state.sort,
    SortOrder: state.descending ? 'DESCENDING' : 'ASCENDING',
    StartIndex: (state.page - 1) * state.size,
    MaxResults: state.size,
  };
}
