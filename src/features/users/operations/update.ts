import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { keepPresent } from '../../../operations/present.ts';
import { changeUser } from '../change-user.ts';
import {
  channelConfigConstraints,
  mergedPhoneSettings,
  phoneConfigConstraints,
  replacedPhoneSettings,
} from '../phone-settings.ts';
import { identityConstraints, identityOf } from '../rules.ts';

const userId = { UserId: length(1, 256) };

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
