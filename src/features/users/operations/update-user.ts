import { idIn } from '../../../operations/arn.ts';
import { instanceId, items, length } from '../../../operations/constraints.ts';
import { type Change, defineWrite, type InstanceContext, type Tx } from '../../../operations/define-operation.ts';
import { invalidRequest, notFound } from '../../../operations/errors.ts';
import { lockInstance } from '../../instances/store.ts';
import { administratorsAmong, hasOtherAdministrator } from '../administrators.ts';
import { difference, updatedUser } from '../changes.ts';
import {
  channelConfigConstraints,
  mergedPhoneSettings,
  phoneConfigConstraints,
  replacedPhoneSettings,
} from '../phone-settings.ts';
import { lockHierarchyGroup, lockRoutingProfile, lockSecurityProfiles } from '../references.ts';
import { identityConstraints, identityOf } from '../rules.ts';
import { lockUser, updateUser } from '../store.ts';
import type { User, UserSettings } from '../types.ts';

const userId = { UserId: length(1, 256) };

/** Changes what `wanted` answers of a user, under the row's lock. What is so already is neither written nor audited. */
async function change(
  { db, instance, now }: InstanceContext<Tx>,
  givenId: string,
  wanted: (user: User) => Partial<UserSettings>,
): Promise<{ output: Record<never, never>; changes: Change[] }> {
  const id = idIn(givenId, 'agent', instance);
  const user = await lockUser(db, instance.id, id);
  if (!user) throw notFound('user', id);
  const changed = difference(user, wanted(user));
  if (Object.keys(changed).length === 0) return { output: {}, changes: [] };
  await updateUser(db, id, changed, { time: now, region: instance.region });
  return { output: {}, changes: [updatedUser(user, changed)] };
}

export const updateUserIdentityInfo = defineWrite('UpdateUserIdentityInfo', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId, ...identityConstraints },
  handler: (context, input) =>
    change(context, input.UserId, (user) => ({ ...identityOf(context.instance, input.IdentityInfo, user) })),
});

export const updateUserPhoneConfig = defineWrite('UpdateUserPhoneConfig', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId, ...phoneConfigConstraints },
  handler: (context, input) => change(context, input.UserId, (user) => replacedPhoneSettings(user, input.PhoneConfig)),
});

/** What is so already for every channel that is named changes nothing, whichever of the two forms it was given in. */
export const updateUserConfig = defineWrite('UpdateUserConfig', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId, ...channelConfigConstraints },
  handler: (context, input) => change(context, input.UserId, (user) => mergedPhoneSettings(user, input)),
});

export const updateUserRoutingProfile = defineWrite('UpdateUserRoutingProfile', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId },
  handler: async (context, input) => {
    const routingProfileId = await lockRoutingProfile(context.db, context.instance, input.RoutingProfileId);
    return change(context, input.UserId, () => ({ routingProfileId }));
  },
});

export const updateUserHierarchy = defineWrite('UpdateUserHierarchy', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId },
  handler: async (context, input) => {
    const hierarchyGroupId = await lockHierarchyGroup(context.db, context.instance, input.HierarchyGroupId);
    return change(context, input.UserId, () => ({ hierarchyGroupId }));
  },
});

/**
 * Whoever may edit users may give anybody any security profile, as in Connect (Admin guide, best practices);
 * Users.EditPermission allows this alone.
 */
export const updateUserSecurityProfiles = defineWrite('UpdateUserSecurityProfiles', {
  permission: ['Users.Edit', 'Users.EditPermission'],
  constraints: { ...instanceId, ...userId, SecurityProfileIds: items(1, 10) },
  approximate: 'A signed-in user cannot take the permissions of the last user who can administer users.',
  handler: async (context, input) => {
    const { db, instance, caller } = context;
    // Access keys are account-level: what protects an instance's own people from each other does not bind them.
    const guarded = caller.kind === 'USER';
    if (guarded) await lockInstance(db, instance.id);
    const id = idIn(input.UserId, 'agent', instance);
    const administered = guarded && (await administratorsAmong(db, instance, [id])).size > 0;
    const securityProfileIds = await lockSecurityProfiles(db, instance, input.SecurityProfileIds);
    const result = await change(context, input.UserId, () => ({ securityProfileIds }));
    if (administered && !(await hasOtherAdministrator(db, instance, []))) {
      throw invalidRequest(
        'This is the last user who can administer users. Give another user the permissions to create, edit and delete users first.',
      );
    }
    return result;
  },
});
