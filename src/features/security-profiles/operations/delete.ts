import { deleted } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { accessDenied, notFound, resourceInUse } from '../../../operations/errors.ts';
import { defaultSecurityProfiles } from '../default-profiles.ts';
import { deleteSecurityProfileRow, firstHolder, lockSecurityProfile } from '../store.ts';

/** Their names are theirs for good: no profile can be renamed, and these cannot be deleted. */
const systemNames: ReadonlySet<string> = new Set(defaultSecurityProfiles.map(({ name }) => name));

/**
 * The model has AccessDeniedException for this operation; that it is for the four profiles of every instance is inferred
 * (clean-up tools leave them out). ResourceType knows no security profile, so the user who holds it is named.
 */
export const deleteSecurityProfile = defineWrite('DeleteSecurityProfile', {
  permission: 'SecurityProfiles.Delete',
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.SecurityProfileId;
    // Waits for whoever is giving it to a user, and keeps others from doing so.
    const profile = await lockSecurityProfile(db, instance.id, id, 'update');
    if (!profile) throw notFound('security-profile', id);
    if (systemNames.has(profile.name)) {
      throw accessDenied('A security profile that belongs to every instance cannot be deleted.');
    }
    const holder = await firstHolder(db, id);
    if (holder !== null) {
      throw resourceInUse(
        'Users have the security profile, so it cannot be deleted. Take it from them first.',
        'USER',
        arnOf(instance, 'agent', holder),
      );
    }
    await deleteSecurityProfileRow(db, id);
    return deleted('security-profile', profile, { ...profile.settings, Tags: profile.tags });
  },
});
