import type { UserRow } from '../../api/types.ts';
import { searchUserDetails } from '../../api/users.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import type { ListColumn, ListDeclaration, ResourceListState } from '../../components/use-resource-list.ts';
import { isFiltered, toRequest, type UserSort, userListShape } from './user-list-state.ts';

export const phoneTypes = { SOFT_PHONE: 'Soft phone', DESK_PHONE: 'Desk phone' } as const;

const columns: readonly ListColumn<UserRow, UserSort>[] = [
  {
    id: 'login',
    header: 'Login',
    sort: 'Username',
    shown: 'always',
    width: 200,
    cell: (user) => <RouterLink to={{ to: '/users/$userId', params: { userId: user.Id } }}>{user.Username}</RouterLink>,
  },
  {
    id: 'firstName',
    header: 'First name',
    sort: 'FirstName',
    width: 130,
    cell: (user) => user.FirstName ?? '–',
  },
  {
    id: 'lastName',
    header: 'Last name',
    sort: 'LastName',
    width: 140,
    cell: (user) => user.LastName ?? '–',
  },
  {
    id: 'routingProfile',
    header: 'Routing profile',
    sort: 'RoutingProfile',
    width: 170,
    cell: (user) => user.RoutingProfile.Name ?? '–',
  },
  {
    id: 'securityProfiles',
    header: 'Security profiles',
    width: 180,
    cell: (user) => user.SecurityProfiles.map((profile) => profile.Name ?? '–').join(', '),
  },
  {
    id: 'hierarchy',
    header: 'Agent hierarchy',
    sort: 'HierarchyGroup',
    width: 280,
    cell: (user) => user.HierarchyPath.map((group) => group.Name ?? '–').join(' / ') || '–',
  },
  {
    id: 'phoneType',
    header: 'Phone type',
    sort: 'PhoneType',
    width: 140,
    cell: (user) => phoneTypes[user.PhoneType],
  },
  {
    id: 'tags',
    header: 'Tags',
    width: 220,
    cell: (user) => {
      const tags = Object.entries(user.Tags);
      return tags.length === 0 ? '–' : tags.map(([key, value]) => (value === '' ? key : `${key}: ${value}`)).join(', ');
    },
  },
  {
    id: 'quickConnects',
    header: 'Quick connects',
    width: 150,
    cell: (user) =>
      user.QuickConnectCount === 0 ? (
        '–'
      ) : (
        <RouterLink
          to={{ to: '/routing/quick-connects', search: { user: user.Id } }}
          ariaLabel={`${user.QuickConnectCount} quick connects of ${user.Username}`}
        >
          {user.QuickConnectCount}
        </RouterLink>
      ),
  },
];

/** The list of User management. */
export const userList: ListDeclaration<UserRow, UserSort, typeof userListShape.filters> = {
  key: 'users',
  one: 'user',
  many: 'users',
  shape: userListShape,
  idOf: (user) => user.Id,
  nameOf: (user) => user.Username,
  columns,
  queryKey: ['user-details'],
  load: async (state, { signal }) => {
    const { Users, TotalCount } = await searchUserDetails(toRequest(state), signal);
    return { rows: Users, total: TotalCount };
  },
  isFiltered,
};

export type UserListState = ResourceListState<UserRow, UserSort, typeof userListShape.filters>;
