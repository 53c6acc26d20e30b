import { arnOf } from '../../operations/arn.ts';
import type { Instance } from '../../operations/instance.ts';
import type { User } from './types.ts';

/**
 * The directory of an instance that manages its users itself is its own, so whoever was not given another id in it has the
 * user's (the AWS CLI's example of describe-user shows one; clients read it without asking).
 */
const directoryUserIdOf = ({ identityManagementType }: Instance, { id, directoryUserId }: User) =>
  directoryUserId ?? (identityManagementType === 'CONNECT_MANAGED' ? id : undefined);

/** What DescribeUser and SearchUsers answer alike. */
export function referencesOf(instance: Instance, user: User) {
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
