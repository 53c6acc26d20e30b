import { randomUUID } from 'node:crypto';
import { creationOf } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { type Constraint, instanceId, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { withUniqueName } from '../../../operations/unique-name.ts';
import { settingsConstraints, settingsIn } from '../settings.ts';
import { insertSecurityProfiles } from '../store.ts';

const name: Constraint = {
  length: [1, 127],
  pattern: /^[ a-zA-Z0-9_@-]+$/,
  meaning: 'a name of letters, digits, spaces and _ @ -',
};

/** Whoever may create security profiles may put any permission into them, as in Connect. */
export const createSecurityProfile = defineWrite('CreateSecurityProfile', {
  permission: 'SecurityProfiles.Create',
  constraints: { ...instanceId, ...newTags, ...settingsConstraints, SecurityProfileName: name },
  handler: async ({ db, instance, now, region }, input) => {
    await requireRoom(db, instance.id, 'security-profile');
    const { Description, Permissions, ...settings } = await settingsIn(db, instance, input);
    const made = {
      id: randomUUID(),
      instanceId: instance.id,
      name: input.SecurityProfileName,
      description: Description ?? null,
      permissions: Permissions ?? [],
      settings,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await withUniqueName(
      { constraint: 'security_profile_name_key', kind: 'a security profile', name: made.name },
      insertSecurityProfiles(db, [made]),
    );
    return {
      output: { SecurityProfileId: made.id, SecurityProfileArn: arnOf(instance, 'security-profile', made.id) },
      changes: [
        creationOf('security-profile', made, {
          Description,
          Permissions: made.permissions,
          ...settings,
          Tags: made.tags,
        }),
      ],
    };
  },
});
