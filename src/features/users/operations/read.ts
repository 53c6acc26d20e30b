import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, pageOf } from '../../../operations/constraints.ts';
import { defineRead } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import type { Instance } from '../../../operations/instance.ts';
import { shownSummary } from '../../../operations/name-lists.ts';
import { namePage } from '../../../operations/name-paging.ts';
import { resources } from '../../../resources/resources.ts';
import { channelConfigsOf, phoneConfigOf } from '../phone-settings.ts';
import { userSearchCondition, userSearchConstraints, usersWithin } from '../search/condition.ts';
import { countUsers, findUser, usersByLogin, listUsers as usersListed } from '../store.ts';
import type { User } from '../types.ts';

export const describeUser = defineRead('DescribeUser', {
  permission: 'Users.View',
  constraints: { ...instanceId, UserId: length(1, 256) },
  handler: async ({ db, instance }, input) => {
    const id = input.UserId;
    const user = await findUser(db, instance.id, id);
    if (!user) throw notFound('agent', id);
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
  permission: resources.agent.seesNames,
  constraints: { ...instanceId, ...pageOf(1000) },
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('ListUsers', input);
    const { items, nextToken } = await usersListed(db, usersWithin(instance, access), page);
    return {
      UserSummaryList: items.map((user) => {
        const { Name: Username, ...rest } = shownSummary(instance, 'agent', user);
        return { ...rest, Username };
      }),
      NextToken: nextToken,
    };
  },
});

export const searchUsers = defineRead('SearchUsers', {
  permission: resources.agent.seesNames,
  constraints: { ...instanceId, ...pageOf(500), NextToken: length(1, 2500), ...userSearchConstraints },
  approximate: 'Texts are compared without regard to case.',
  handler: async ({ db, instance, access }, input) => {
    const page = namePage('SearchUsers', input);
    const condition = userSearchCondition(instance, input, access);
    const { items: users, nextToken } = await usersByLogin(db, condition, page);
    // The first page tells the number when it is the only one.
    const counted = page.after || nextToken ? await countUsers(db, condition) : users.length;
    return {
      Users: users.map((user) => ({
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
