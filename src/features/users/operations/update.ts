import type { Change } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { notFound } from '../../../operations/errors.ts';
import { keepPresent } from '../../../operations/present.ts';
import { difference, updatedUser } from '../changes.ts';
import {
  channelConfigConstraints,
  mergedPhoneSettings,
  phoneConfigConstraints,
  replacedPhoneSettings,
} from '../phone-settings.ts';
import { identityConstraints, identityOf } from '../rules.ts';
import { lockUser, updateUser } from '../store.ts';
import type { User, UserSettings } from '../types.ts';

const userId = { UserId: length(1, 256) };

/** Changes what `wanted` answers of a user, under the row's lock. What is so already is neither written nor audited. */
export async function changeUser(
  { db, instance, now }: InstanceContext<Tx>,
  id: string,
  wanted: (user: User) => Partial<UserSettings>,
): Promise<{ output: Record<never, never>; changes: Change[] }> {
  const user = await lockUser(db, instance.id, id);
  if (!user) throw notFound('agent', id);
  const changed = difference(user, wanted(user));
  if (Object.keys(changed).length === 0) return { output: {}, changes: [] };
  await updateUser(db, id, changed, { time: now, region: instance.region });
  return { output: {}, changes: [updatedUser(user, changed)] };
}

export const updateUserIdentityInfo = defineWrite('UpdateUserIdentityInfo', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId, ...identityConstraints },
  handler: (context, input) =>
    changeUser(context, input.UserId, (user) => ({ ...identityOf(context.instance, input.IdentityInfo, user) })),
});

export const updateUserPhoneConfig = defineWrite('UpdateUserPhoneConfig', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId, ...phoneConfigConstraints },
  handler: (context, input) =>
    changeUser(context, input.UserId, (user) => replacedPhoneSettings(user, input.PhoneConfig)),
});

/** What is so already for every channel that is named changes nothing, whichever of the two forms it was given in. */
export const updateUserConfig = defineWrite('UpdateUserConfig', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId, ...channelConfigConstraints },
  handler: (context, input) => changeUser(context, input.UserId, (user) => mergedPhoneSettings(user, input)),
});

export const updateUserRoutingProfile = defineWrite('UpdateUserRoutingProfile', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId },
  handler: async (context, input) => {
    const routingProfileId = input.RoutingProfileId;
    await keepPresent(context.db, context.instance, 'routing-profile', [routingProfileId]);
    return changeUser(context, input.UserId, () => ({ routingProfileId }));
  },
});

export const updateUserHierarchy = defineWrite('UpdateUserHierarchy', {
  permission: 'Users.Edit',
  constraints: { ...instanceId, ...userId },
  handler: async (context, input) => {
    const hierarchyGroupId = input.HierarchyGroupId ?? null;
    if (hierarchyGroupId) await keepPresent(context.db, context.instance, 'agent-group', [hierarchyGroupId]);
    return changeUser(context, input.UserId, () => ({ hierarchyGroupId }));
  },
});
