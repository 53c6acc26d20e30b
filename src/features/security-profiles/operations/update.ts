import { updated } from '../../../audit/change.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidRequest, notFound } from '../../../operations/errors.ts';
import { lockInstance } from '../../instances/store.ts';
import { noAdministrator, unadministered } from '../../users/administrators.ts';
import { settingsConstraints, settingsIn } from '../settings.ts';
import { lockSecurityProfile, updateSecurityProfileRow } from '../store.ts';

/** The name cannot change: the request has no member for it. Who holds the profile has the new permissions at once. */
export const updateSecurityProfile = defineWrite('UpdateSecurityProfile', {
  permission: 'SecurityProfiles.Edit',
  constraints: { ...instanceId, ...settingsConstraints },
  approximate:
    'A signed-in user cannot take the permissions of the last user who can administer users, or edit every security profile. TagRestrictedResources takes User, SecurityProfile, Queue, RoutingProfile and UserHierarchyGroup.',
  handler: async ({ db, instance, caller, now, region }, input) => {
    // Access keys are account-level: what protects an instance's own people from each other does not bind them.
    const guarded = caller.kind === 'USER';
    if (guarded) await lockInstance(db, instance.id);
    const id = input.SecurityProfileId;
    const profile = await lockSecurityProfile(db, instance.id, id, 'no key update');
    if (!profile) throw notFound('security-profile', id);
    const wanted = await settingsIn(db, instance, input);
    const changes = differences({ ...profile.settings }, wanted);
    if (!changes) return updated('security-profile', profile, null);

    const before = guarded ? await unadministered(db, instance) : [];
    await updateSecurityProfileRow(db, id, wanted, { now, region });
    const lost = guarded ? (await unadministered(db, instance)).find((kind) => !before.includes(kind)) : undefined;
    if (lost) throw invalidRequest(noAdministrator(lost));
    return updated('security-profile', profile, changes);
  },
});
