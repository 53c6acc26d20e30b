import type { UserRow } from '../../api/types.ts';
import type { Csv } from '../../components/csv.ts';

/** As the import template has it, less the password and what the list does not show. */
export const userCsv: Csv<UserRow> = {
  header: [
    'first name',
    'last name',
    'user login',
    'agent hierarchy',
    'routing profile name',
    'security_profile_name_1|security_profile_name_2',
    'user_hierarchy_1|user_hierarchy_2',
    'phone type (soft/desk)',
    'phone number',
    'tags',
    'quick connects',
    'user id',
  ],
  cells: (user) => {
    const path = user.HierarchyPath.map((group) => group.Name ?? '');
    return [
      user.FirstName ?? '',
      user.LastName ?? '',
      user.Username,
      path.at(-1) ?? '',
      user.RoutingProfile.Name ?? '',
      user.SecurityProfiles.flatMap((profile) => profile.Name ?? []).join('|'),
      path.join('|'),
      user.PhoneType === 'DESK_PHONE' ? 'desk' : 'soft',
      user.DeskPhoneNumber ?? '',
      Object.entries(user.Tags)
        .map(([key, value]) => `${key}:${value}`)
        .join('|'),
      String(user.QuickConnectCount),
      user.Id,
    ];
  },
};
