import type { TableProps } from '@cloudscape-design/components/table';
import type { UserRow } from '../../api/types.ts';
import { RouterLink } from '../../components/RouterLink.tsx';
import type { ColumnChoice } from '../../components/table-preferences.ts';
import { quickConnectsPath, userPath } from '../../routes/paths.ts';

export const phoneTypes = { SOFT_PHONE: 'Soft phone', DESK_PHONE: 'Desk phone' } as const;

/** `sortingField` is the name by which SearchUserDetails sorts. */
export const userColumns: TableProps.ColumnDefinition<UserRow>[] = [
  {
    id: 'login',
    header: 'Login',
    sortingField: 'Username',
    isRowHeader: true,
    width: 200,
    minWidth: 80,
    cell: (user) => <RouterLink href={userPath(user.Id)}>{user.Username}</RouterLink>,
  },
  {
    id: 'firstName',
    header: 'First name',
    sortingField: 'FirstName',
    width: 130,
    minWidth: 80,
    cell: (user) => user.FirstName ?? '–',
  },
  {
    id: 'lastName',
    header: 'Last name',
    sortingField: 'LastName',
    width: 140,
    minWidth: 80,
    cell: (user) => user.LastName ?? '–',
  },
  {
    id: 'routingProfile',
    header: 'Routing profile',
    sortingField: 'RoutingProfile',
    width: 170,
    minWidth: 80,
    cell: (user) => user.RoutingProfile.Name ?? '–',
  },
  {
    id: 'securityProfiles',
    header: 'Security profiles',
    width: 180,
    minWidth: 80,
    cell: (user) => user.SecurityProfiles.map((profile) => profile.Name ?? '–').join(', '),
  },
  {
    id: 'hierarchy',
    header: 'Agent hierarchy',
    sortingField: 'HierarchyGroup',
    width: 280,
    minWidth: 80,
    cell: (user) => user.HierarchyPath.map((group) => group.Name ?? '–').join(' / ') || '–',
  },
  {
    id: 'phoneType',
    header: 'Phone type',
    sortingField: 'PhoneType',
    width: 140,
    minWidth: 80,
    cell: (user) => phoneTypes[user.PhoneType],
  },
  {
    id: 'tags',
    header: 'Tags',
    width: 220,
    minWidth: 80,
    cell: (user) => {
      const tags = Object.entries(user.Tags);
      return tags.length === 0 ? '–' : tags.map(([key, value]) => (value === '' ? key : `${key}: ${value}`)).join(', ');
    },
  },
  {
    id: 'quickConnects',
    header: 'Quick connects',
    width: 150,
    minWidth: 80,
    cell: (user) =>
      user.QuickConnectCount === 0 ? (
        '–'
      ) : (
        <RouterLink
          href={`${quickConnectsPath}?user=${user.Id}`}
          ariaLabel={`${user.QuickConnectCount} quick connects of ${user.Username}`}
        >
          {user.QuickConnectCount}
        </RouterLink>
      ),
  },
];

export const userColumnChoices: readonly ColumnChoice[] = [
  { id: 'login', label: 'Login', alwaysVisible: true, visible: true },
  { id: 'firstName', label: 'First name', visible: true },
  { id: 'lastName', label: 'Last name', visible: true },
  { id: 'routingProfile', label: 'Routing profile', visible: true },
  { id: 'securityProfiles', label: 'Security profiles', visible: true },
  { id: 'hierarchy', label: 'Agent hierarchy', visible: true },
  { id: 'phoneType', label: 'Phone type', visible: true },
  { id: 'tags', label: 'Tags', visible: true },
  { id: 'quickConnects', label: 'Quick connects', visible: true },
];
