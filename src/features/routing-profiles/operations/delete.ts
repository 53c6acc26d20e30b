import { deleted } from '../../../audit/change.ts';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidRequest, resourceInUse } from '../../../operations/errors.ts';
import { allManualAssignmentQueuesOf, allQueuesOf } from '../association-store.ts';
import { queueConfig, routingProfileSettings } from '../snapshots.ts';
import { deleteRoutingProfile as deleteRow, lockedRoutingProfile, usersOf } from '../store.ts';

/** Connect says of one routing profile that it is the default, and not what happens to it: here it stays. */
export const deleteRoutingProfile = defineWrite('DeleteRoutingProfile', {
  permission: 'RoutingPolicies.Delete',
  constraints: instanceId,
  handler: async ({ db, instance }, input) => {
    const id = input.RoutingProfileId;
    const profile = await lockedRoutingProfile(db, instance, id, { whole: true });
    if (profile.isDefault) {
      throw invalidRequest('The default routing profile of the instance cannot be deleted.');
    }
    const { count, firstId } = await usersOf(db, id);
    if (firstId) {
      const holders = count === 1 ? 'A user has' : `${count} users have`;
      throw resourceInUse(
        `${holders} the routing profile. Give them another one first.`,
        'USER',
        arnOf(instance, 'agent', firstId),
      );
    }
    const queues = await allQueuesOf(db, id);
    const manual = await allManualAssignmentQueuesOf(db, id);
    await deleteRow(db, id);
    return deleted('routing-profile', profile, {
      ...routingProfileSettings(profile),
      QueueConfigs: queues.map(queueConfig),
      ManualAssignmentQueueConfigs: manual.map(queueConfig),
      Tags: profile.tags,
    });
  },
});
