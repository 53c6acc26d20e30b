import type { UserRow, UserSearch } from '../../api/types.ts';
import { searchUserDetails } from '../../api/users.ts';

const header = [
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
];

/**
 * A spreadsheet runs a cell that begins like this, in East Asian width too; an apostrophe in front makes it text. The
 * server's results.csv has the same rule.
 */
export const safeCell = (value: string): string => (/^[=+\-@\t\r＝＋－＠]/.test(value) ? `'${value}` : value);

/** One line of RFC 4180, without its end. */
export function csvLine(cells: readonly string[]): string {
  return cells
    .map(safeCell)
    .map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(',');
}

/** As the import template has it, less the password and what the list does not show. */
export function userCells(user: UserRow): string[] {
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
}

/** With the mark by which Excel knows UTF-8. */
export const toCsv = (users: readonly UserRow[]): string =>
  `\uFEFF${[header, ...users.map(userCells)].map((cells) => `${csvLine(cells)}\r\n`).join('')}`;

/** Everybody whom a search finds, fetched page by page. */
export async function fetchAllUsers(
  search: UserSearch,
  onProgress: (fetched: number, total: number) => void,
  signal: AbortSignal,
): Promise<UserRow[]> {
  // By id as well as by position: a user deleted meanwhile moves the rest up, and one created moves it down.
  const users = new Map<string, UserRow>();
  let start = 0;
  let total = 0;
  do {
    const page = await searchUserDetails(
      { ...search, SortBy: 'Username', SortOrder: 'ASCENDING', StartIndex: start, MaxResults: 500 },
      signal,
    );
    for (const user of page.Users) users.set(user.Id, user);
    total = page.TotalCount;
    if (page.Users.length === 0) break;
    start += page.Users.length;
    onProgress(users.size, total);
  } while (start < total);
  return [...users.values()];
}

export function saveFile(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
