import { sql } from 'kysely';
import type { InputOf } from '../../../../operations/connect-types.ts';
import { instanceId, items } from '../../../../operations/constraints.ts';
import { csvAnswer, csvFile, lastOfFull } from '../../../../operations/csv.ts';
import { defineExtensionRead } from '../../../../operations/define-operation.ts';
import { andAll } from '../../../../operations/search.ts';
import { connect, label, list, string, structure } from '../../../../operations/shapes.ts';
import { userSearchCondition, userSearchConstraints } from '../condition.ts';
import { detailsOf, loginsAfter, type UserDetails } from '../details-store.ts';

type Search = InputOf<'SearchUsers'>;

/** As the import template has it, less the password and what the list does not show. */
const columns: readonly (readonly [header: string, cell: (user: UserDetails) => string])[] = [
  ['first name', (user) => user.firstName ?? ''],
  ['last name', (user) => user.lastName ?? ''],
  ['user login', (user) => user.username],
  ['agent hierarchy', (user) => user.hierarchyPath.at(-1)?.Name ?? ''],
  ['routing profile name', (user) => user.routingProfile.Name ?? ''],
  ['security_profile_name_1|security_profile_name_2', (user) => names(user.securityProfiles.flatMap(nameOf))],
  ['user_hierarchy_1|user_hierarchy_2', (user) => names(user.hierarchyPath.map(({ Name = '' }) => Name))],
  ['phone type (soft/desk)', (user) => (user.phoneType === 'DESK_PHONE' ? 'desk' : 'soft')],
  ['phone number', (user) => user.deskPhoneNumber ?? ''],
  ['tags', (user) => names(Object.entries(user.tags).map(([key, value]) => `${key}:${value}`))],
  ['quick connects', (user) => String(user.quickConnectCount)],
  ['user id', (user) => user.id],
];

const names = (all: readonly string[]) => all.join('|');
const nameOf = ({ Name }: { readonly Name?: string }) => Name ?? [];

const most = 100_000;

type Login = Awaited<ReturnType<typeof loginsAfter>>[number];

export const downloadUsers = defineExtensionRead(
  'DownloadUsers',
  {
    method: 'POST',
    uri: '/user-details/{InstanceId}/users.csv',
    summary: `The users of a search, or of up to 100,000 UserIds, in the order of logins as a CSV file (RFC 4180, UTF-8 with a byte order mark): ${columns.map(([header]) => header).join(', ')}. Names that the caller may not see are left out. A cell that a spreadsheet would run as a formula begins with an apostrophe.`,
    input: structure({
      InstanceId: label(),
      SearchFilter: connect<NonNullable<Search['SearchFilter']>>('UserSearchFilter'),
      SearchCriteria: connect<NonNullable<Search['SearchCriteria']>>('UserSearchCriteria'),
      UserIds: list(string()),
    }),
    output: 'FILE',
  },
  {
    permission: 'Users.View',
    constraints: { ...instanceId, ...userSearchConstraints, UserIds: items(1, most) },
    handler: async ({ db, instance, access, now }, input) => {
      const condition = andAll([
        userSearchCondition(instance, input, access),
        ...(input.UserIds ? [sql<boolean>`u.id = any(${input.UserIds}::uuid[])`] : []),
      ]);
      return csvAnswer(
        'users',
        now,
        csvFile(
          columns.map(([header]) => header),
          (user: UserDetails) => columns.map(([, cell]) => cell(user)),
          async (after: Login | null, limit) => {
            const found = await loginsAfter(db, condition, after, limit);
            const ids = found.map(({ id }) => id);
            return { items: await detailsOf(db, access, ids), last: lastOfFull(found, limit) };
          },
        ),
      );
    },
  },
);
