import type { InputTo } from '../../api/operations.ts';
import { choiceFilter, type ListState, listSearch, textFilter } from '../../components/list-state.ts';
import { momentsOf, rangeFilter } from '../../components/time-range.ts';
import { actionWords, doorWords, typeWords } from './change-words.ts';

export type ChangesRequest = InputTo<'DownloadHistoricalChanges'>;

/** As ListHistoricalChanges takes it. */
export const longestChangesHours = 731 * 24;

/** What the address of Historical changes says: newest first is its only order. */
export const changeListShape = {
  sizes: [25, 50, 100],
  sorts: ['Time'],
  filters: {
    range: rangeFilter('range', { kind: 'LAST', amount: 31, unit: 'day' }, longestChangesHours),
    /** A login or the id of an access key, whole. */
    by: textFilter('by', 100),
    type: choiceFilter('type', typeWords),
    /** A name, whole. */
    resource: textFilter('resource', 256),
    resourceId: textFilter('id', 256),
    action: choiceFilter('change', actionWords),
    operation: textFilter('operation', 100),
    door: choiceFilter('door', doorWords),
  },
} as const;

export type ChangeFilters = typeof changeListShape.filters;
export type ChangeListAddress = ListState<'Time', ChangeFilters>;
export const changeSearch = listSearch(changeListShape);

export function toChangesRequest(state: ChangeListAddress, now: Date): ChangesRequest {
  const { start, end } = momentsOf(state.range, now);
  const by = state.by.trim();
  const resource = state.resource.trim();
  return {
    StartTime: start.getTime() / 1000,
    EndTime: (state.range.kind === 'BETWEEN' ? end : untilNow(start, now)).getTime() / 1000,
    ...(by && { ActorName: by }),
    ...(state.type && { ResourceTypes: [state.type] }),
    ...(resource && { ResourceName: resource }),
    ...(state.resourceId && { ResourceId: state.resourceId }),
    ...(state.action && { Actions: [state.action] }),
    ...(state.operation && { Operations: [state.operation] }),
    ...(state.door && { Doors: [state.door] }),
  };
}

/** The server's clock may be ahead of this one. */
const untilNow = (start: Date, now: Date) =>
  new Date(Math.min(now.getTime() + 3_600_000, start.getTime() + longestChangesHours * 3_600_000));
