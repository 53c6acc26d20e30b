import type { UserSearch, UserSearchCriteria, UserSortField } from '../../api/types.ts';
import type { UserDetailsRequest } from '../../api/users.ts';

export const pageSizes = [10, 25, 50, 100] as const;
export const sortFields = [
  'Username',
  'FirstName',
  'LastName',
  'RoutingProfile',
  'HierarchyGroup',
  'PhoneType',
] as const;

export interface TagFilter {
  readonly key: string;
  /** Null: any value. */
  readonly value: string | null;
}

export interface UserFilter {
  readonly q: string;
  readonly routingProfileId: string;
  readonly securityProfileId: string;
  readonly hierarchyGroupId: string;
  readonly tag: TagFilter | null;
}

/** What the address of User management says. */
export interface UserListState extends UserFilter {
  /** From 1. */
  readonly page: number;
  readonly size: number;
  readonly sort: UserSortField;
  readonly descending: boolean;
}

export const noFilter: UserFilter = {
  q: '',
  routingProfileId: '',
  securityProfileId: '',
  hierarchyGroupId: '',
  tag: null,
};

/** SearchUsers takes 2 to 25 characters for CONTAINS. */
export const searchLength = { min: 2, max: 25 } as const;

/** Key and value are encoded apart, as both may hold an equals sign. */
export const writeTag = ({ key, value }: TagFilter): string =>
  value === null ? encodeURIComponent(key) : `${encodeURIComponent(key)}=${encodeURIComponent(value)}`;

export function readTag(text: string): TagFilter | null {
  if (text === '') return null;
  const [key = '', value] = text.split('=').map(decode);
  return key === '' ? null : { key, value: value ?? null };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whatever stands in the address bar becomes a state that the server takes. */
export function readUserList(search: URLSearchParams, defaultSize: number): UserListState {
  const page = Number(search.get('page'));
  const size = Number(search.get('size'));
  const sort = search.get('sort') ?? '';
  const field = sort.replace(/^-/, '');
  return {
    page: Number.isInteger(page) && page >= 1 ? page : 1,
    size: pageSizes.find((known) => known === size) ?? defaultSize,
    sort: sortFields.find((known) => known === field) ?? 'Username',
    descending: sort.startsWith('-'),
    q: (search.get('q') ?? '').slice(0, searchLength.max),
    routingProfileId: search.get('rp') ?? '',
    securityProfileId: search.get('sp') ?? '',
    hierarchyGroupId: search.get('hg') ?? '',
    tag: readTag(search.get('tag') ?? ''),
  };
}

export function writeUserList(state: UserListState, defaultSize: number): URLSearchParams {
  const search = new URLSearchParams();
  const put = (name: string, value: string, isDefault = value === '') => {
    if (!isDefault) search.set(name, value);
  };
  put('page', String(state.page), state.page === 1);
  put('size', String(state.size), state.size === defaultSize);
  put('sort', `${state.descending ? '-' : ''}${state.sort}`, state.sort === 'Username' && !state.descending);
  put('q', state.q);
  put('rp', state.routingProfileId);
  put('sp', state.securityProfileId);
  put('hg', state.hierarchyGroupId);
  put('tag', state.tag ? writeTag(state.tag) : '');
  return search;
}

export function isFiltered(filter: UserFilter): boolean {
  return Object.keys(toSearch(filter)).length > 0;
}

const nameFields = ['Username', 'FirstName', 'LastName'] as const;

/** Each word must be in the login or one of the names, so that "ana lop" finds Ana Lopez. */
function textCriteria(q: string): UserSearchCriteria[] {
  const words = q.split(/\s+/).filter((word) => word.length >= searchLength.min);
  return words.map((Value) => ({
    OrConditions: nameFields.map((FieldName) => ({
      StringCondition: { FieldName, Value, ComparisonType: 'CONTAINS' as const },
    })),
  }));
}

const exactly = (FieldName: string, Value: string): UserSearchCriteria => ({
  StringCondition: { FieldName, Value, ComparisonType: 'EXACT' },
});

/** The filter as SearchUsers takes it; empty when it lets everybody through. */
export function toSearch(filter: UserFilter): UserSearch {
  const criteria: UserSearchCriteria[] = textCriteria(filter.q);
  if (filter.routingProfileId) criteria.push(exactly('RoutingProfileId', filter.routingProfileId));
  if (filter.securityProfileId) criteria.push(exactly('SecurityProfileId', filter.securityProfileId));
  if (filter.hierarchyGroupId) {
    criteria.push({
      HierarchyGroupCondition: { Value: filter.hierarchyGroupId, HierarchyGroupMatchType: 'WITH_CHILD_GROUPS' },
    });
  }
  const [only] = criteria;
  return {
    ...(only && { SearchCriteria: criteria.length === 1 ? only : { AndConditions: criteria } }),
    ...(filter.tag && {
      SearchFilter: {
        TagFilter: {
          TagCondition: {
            TagKey: filter.tag.key,
            ...(filter.tag.value === null ? {} : { TagValue: filter.tag.value }),
          },
        },
      },
    }),
  };
}

export function toRequest(state: UserListState): UserDetailsRequest {
  return {
    ...toSearch(state),
    SortBy: state.sort,
    SortOrder: state.descending ? 'DESCENDING' : 'ASCENDING',
    StartIndex: (state.page - 1) * state.size,
    MaxResults: state.size,
  };
}
