import type { UserSearch, UserSearchCriteria } from '../../api/types.ts';
import type { UserDetailsRequest } from '../../api/users.ts';
import { type FilterOf, type ListState, listSearch, noFilterOf, textFilter } from '../../components/list-state.ts';

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

const tagFilter = {
  name: 'tag',
  none: null as TagFilter | null,
  read: readTag,
  write: (tag: TagFilter | null) => (tag ? writeTag(tag) : ''),
} as const;

/** What the address of User management says. */
export const userListShape = {
  sizes: pageSizes,
  sorts: sortFields,
  filters: {
    q: textFilter('q', searchLength.max),
    routingProfileId: textFilter('rp'),
    securityProfileId: textFilter('sp'),
    hierarchyGroupId: textFilter('hg'),
    tag: tagFilter,
  },
};

export type UserFilter = FilterOf<typeof userListShape.filters>;
export type UserSort = (typeof sortFields)[number];
export type UserListAddress = ListState<UserSort, typeof userListShape.filters>;
export const noFilter: UserFilter = noFilterOf(userListShape);
export const userSearch = listSearch(userListShape);

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

export function toRequest(state: UserListAddress): UserDetailsRequest {
  return {
    ...toSearch(state),
    SortBy: state.sort,
    SortOrder: state.descending ? 'DESCENDING' : 'ASCENDING',
    StartIndex: (state.page - 1) * state.size,
    MaxResults: state.size,
  };
}
