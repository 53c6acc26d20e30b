import type { InputTo } from '../../api/operations.ts';
import { type FilterCodec, idsFilter, type ListState, listSearch } from '../../components/list-state.ts';
import { momentsOf, rangeFilter } from '../../components/time-range.ts';
import { isTimeZone } from '../../components/time-zone.ts';

type LoginRequest = InputTo<'DownloadLoginLogoutReport'>;

/** As Connect's report takes it. */
export const longestLoginHours = 7 * 24;
/** Of each filter. */
export const mostLoginValues = 100;

/** Empty: the reader's own. */
const zoneFilter: FilterCodec<string, 'zone'> = {
  name: 'zone',
  none: '',
  read: (text) => (isTimeZone(text) ? text : ''),
  write: (zone) => zone,
};

/** What the address of Login/Logout report says: newest first is its only order. */
export const loginListShape = {
  sizes: [25, 50, 100],
  sorts: ['LoginTime'],
  filters: {
    range: rangeFilter('range', { kind: 'LAST', amount: 24, unit: 'hour' }, longestLoginHours),
    zone: zoneFilter,
    agentIds: idsFilter('agents', mostLoginValues),
    routingProfileIds: idsFilter('rp', mostLoginValues),
    hierarchyGroupIds: idsFilter('hg', mostLoginValues),
  },
} as const;

export type LoginFilters = typeof loginListShape.filters;
export const loginSearch = listSearch(loginListShape);

export function toLoginRequest(state: ListState<'LoginTime', LoginFilters>, now: Date, ownZone: string): LoginRequest {
  const { start, end } = momentsOf(state.range, now);
  const filters = {
    ...(state.agentIds.length > 0 && { AgentIds: [...state.agentIds] }),
    ...(state.routingProfileIds.length > 0 && { RoutingProfileIds: [...state.routingProfileIds] }),
    ...(state.hierarchyGroupIds.length > 0 && { HierarchyGroupIds: [...state.hierarchyGroupIds] }),
  };
  return {
    StartTime: start.getTime() / 1000,
    EndTime: end.getTime() / 1000,
    TimeZone: state.zone || ownZone,
    ...(Object.keys(filters).length > 0 && { Filters: filters }),
  };
}
