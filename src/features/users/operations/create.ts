import { randomUUID } from 'node:crypto';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, items, length, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { duplicate } from '../../../operations/errors.ts';
import { keepPresent } from '../../../operations/present.ts';
import { createdUser } from '../changes.ts';
import { hashPassword } from '../passwords.ts';
import { channelConfigConstraints, newPhoneSettings, phoneConfigConstraints } from '../phone-settings.ts';
import { checkSignIn, checkUsername, identityConstraints, identityOf, passwordConstraint } from '../rules.ts';
import { insertUsers } from '../store.ts';
import type { NewUser } from '../types.ts';

/** Whoever may create users may give them any security profile, as in Connect (Admin guide, best practices). */
export const createUser = defineWrite('CreateUser', {
  permission: 'Users.Create',
  constraints: {
    ...instanceId,
    Username: length(1, 100),
    Password: passwordConstraint,
    DirectoryUserId: length(0, 256),
    SecurityProfileIds: items(1, 10),
    ...identityConstraints,
    ...phoneConfigConstraints,
    ...channelConfigConstraints,
    ...newTags,
  },
  prepare: async ({ instance }, input) => {
    checkUsername(instance, input.Username);
    checkSignIn(instance, input);
    return input.Password === undefined ? null : hashPassword(input.Password);
  },
  handler: async ({ db, instance, now }, input, passwordHash) => {
    const identity = identityOf(instance, input.IdentityInfo, null);
    const phone = newPhoneSettings(input);

    await keepPresent(db, instance, 'routing-profile', [input.RoutingProfileId]);
    await keepPresent(db, instance, 'security-profile', input.SecurityProfileIds);
    if (input.HierarchyGroupId !== undefined) await keepPresent(db, instance, 'agent-group', [input.HierarchyGroupId]);
    const user: NewUser = {
      id: randomUUID(),
      username: input.Username,
      passwordHash,
      directoryUserId: input.DirectoryUserId || null,
      ...identity,
      ...phone,
      routingProfileId: input.RoutingProfileId,
      securityProfileIds: [...new Set(input.SecurityProfileIds)],
      hierarchyGroupId: input.HierarchyGroupId ?? null,
      tags: input.Tags ?? {},
    };
    const inserted = await insertUsers(db, instance, [user], now);
    if (!inserted.has(user.id)) {
      throw duplicate(`A user with the login ${user.username} is in this instance already. Choose another login.`);
    }
    return {
      output: { UserId: user.id, UserArn: arnOf(instance, 'agent', user.id) },
      changes: [createdUser(user)],
    };
  },
});
