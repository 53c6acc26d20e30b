import type { QuickConnectsRequest } from '../../api/quick-connects.ts';
import type { QuickConnectType } from '../../api/types.ts';
import {
  choiceFilter,
  type FilterOf,
  flagFilter,
  type ListState,
  listSearch,
  textFilter,
} from '../../components/list-state.ts';

export const quickConnectTypes = { USER: 'User', QUEUE: 'Queue', PHONE_NUMBER: 'Phone number', FLOW: 'Flow' } as const;
export const quickConnectSizes = [10, 25, 50, 100] as const;
const sorts = ['Name', 'QuickConnectType', 'Destination'] as const;

/** What the address of Quick connects says. */
export const quickConnectListShape = {
  sizes: quickConnectSizes,
  sorts,
  filters: {
    q: textFilter('q', 127),
    type: choiceFilter('type', quickConnectTypes),
    orphaned: flagFilter('orphaned'),
    /** Only those that lead to this user; empty: all. */
    userId: textFilter('user'),
  },
};

export type QuickConnectFilter = FilterOf<typeof quickConnectListShape.filters>;
export type QuickConnectSort = (typeof sorts)[number];
export type QuickConnectListAddress = ListState<QuickConnectSort, typeof quickConnectListShape.filters>;
export const quickConnectSearch = listSearch(quickConnectListShape);

export const isType = (text: string): text is QuickConnectType => Object.hasOwn(quickConnectTypes, text);

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

export function toQuickConnectRequest(state: QuickConnectListAddress): QuickConnectsRequest {
  return {
    ...toQuickConnectFilter(state),
    SortBy: state.sort,
    SortOrder: state.descending ? 'DESCENDING' : 'ASCENDING',
    StartIndex: (state.page - 1) * state.size,
    MaxResults: state.size,
  };
}
