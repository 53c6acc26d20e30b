import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { cutByName, namePage } from '../../../operations/name-paging.ts';
import { channelConfigsOf, phoneConfigOf } from '../phone-settings.ts';
import { userSearchCondition, userSearchConstraints, usersWithin } from '../search.ts';
import { countUsers, findUser, listUsers as listUserRows, usersByLogin } from '../store.ts';
import type { User } from '../types.ts';

/** Whoever may see quick connects may see the users that they can point at (Admin guide, inherited permissions). */
const mayList = ['Users.View', 'TransferDestinations.View'] as const;

export const describeUser = defineRead('DescribeUser', {
  permission: 'Users.View',
  constraints: { ...instanceId, UserId: length(1, 256) },
  handler: async ({ db, instance }, input) => {
    const id = input.UserId;
    const user = await findUser(db, instance.id, id);
    if (!user) throw notFound('user', id);
    return {
      User: {
        ...referencesOf(instance, user),
        IdentityInfo: {
          FirstName: user.firstName ?? '',
          LastName: user.lastName ?? '',
          Email: user.email ?? '',
          SecondaryEmail: user.secondaryEmail ?? undefined,
          Mobile: user.mobile ?? undefined,
        },
        PhoneConfig: phoneConfigOf(user, 'SECONDS'),
        ...channelConfigsOf(user),
        LastModifiedTime: user.lastModifiedTime,
        LastModifiedRegion: user.lastModifiedRegion,
      },
    };
  },
});

export const listUsers = defineRead('ListUsers', {
  permission: mayList,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('ListUsers', input);
    const { rows, nextToken } = cutByName(page, await listUserRows(db, usersWithin(instance, access), page));
    return {
      UserSummaryList: rows.map((row) => ({
        Id: row.id,
        Arn: arnOf(instance, 'agent', row.id),
        Username: row.name,
        LastModifiedTime: row.last_modified_time,
        LastModifiedRegion: row.last_modified_region,
      })),
      NextToken: nextToken,
    };
  },
});

export const searchUsers = defineRead('SearchUsers', {
  permission: mayList,
  constraints: { ...instanceId, ...pageOf(500), NextToken: length(1, 2500), ...userSearchConstraints },
  approximate: 'Texts are compared without regard to case.',
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('SearchUsers', input);
    const condition = userSearchCondition(instance, input, access);
    const found = await usersByLogin(db, condition, page);
    const { rows, nextToken } = cutByName(
      page,
      found.map((user) => ({ ...user, name: user.username })),
    );
    // The first page tells the number when it is the only one.
    const counted = page.after || nextToken ? await countUsers(db, condition) : rows.length;
    return {
      Users: rows.map((user) => ({
        ...referencesOf(instance, user),
        IdentityInfo: { FirstName: user.firstName ?? '', LastName: user.lastName ?? '' },
        PhoneConfig: phoneConfigOf(user, 'MILLISECONDS'),
        ...channelConfigsOf(user),
      })),
      NextToken: nextToken,
      ApproximateTotalCount: counted,
    };
  },
});

/**
 * The directory of an instance that manages its users itself is its own, so whoever was not given another id in it has the
 * user's (the AWS CLI's example of describe-user shows one; clients read it without asking).
 */
const directoryUserIdOf = ({ identityManagementType }: Instance, { id, directoryUserId }: User) =>
  directoryUserId ?? (identityManagementType === 'CONNECT_MANAGED' ? id : undefined);

/** What DescribeUser and SearchUsers answer alike. */
function referencesOf(instance: Instance, user: User) {
  return {
    Id: user.id,
    Arn: arnOf(instance, 'agent', user.id),
    Username: user.username,
    DirectoryUserId: directoryUserIdOf(instance, user),
    RoutingProfileId: user.routingProfileId,
    SecurityProfileIds: [...user.securityProfileIds],
    HierarchyGroupId: user.hierarchyGroupId ?? undefined,
    Tags: { ...user.tags },
  };
}
