import { randomUUID } from 'node:crypto';
import { arnOf } from '../../../operations/arn.ts';
import { instanceId, length, newTags } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { keepPresent } from '../../../operations/present.ts';
import { requireRoom } from '../../../operations/quota.ts';
import { withUniqueName } from '../../../operations/unique-name.ts';
import { checkConcurrencies, concurrencyConstraints } from '../concurrency.ts';
import { createdRoutingProfile } from '../snapshots.ts';
import { insertRoutingProfiles } from '../store.ts';
import { associationConstraints, manualAssignmentQueuesIn, routedQueuesIn } from './associate-queues.ts';

export const createRoutingProfile = defineWrite('CreateRoutingProfile', {
  permission: 'RoutingPolicies.Create',
  constraints: {
    ...instanceId,
    ...newTags,
    ...concurrencyConstraints,
    ...associationConstraints,
    Name: length(1, 127),
    Description: length(1, 250),
  },
  handler: async ({ db, instance, now, region }, input) => {
    checkConcurrencies(input.MediaConcurrencies);
    const queues = routedQueuesIn(input.QueueConfigs);
    const manualAssignmentQueues = manualAssignmentQueuesIn(input.ManualAssignmentQueueConfigs);
    const defaultOutboundQueueId = input.DefaultOutboundQueueId;

    await requireRoom(db, instance.id, 'routing-profile');
    const queueIds = [...queues, ...manualAssignmentQueues].map((one) => one.queueId);
    await keepPresent(db, instance, 'queue', [defaultOutboundQueueId, ...queueIds]);
    const id = randomUUID();
    const made = {
      id,
      instanceId: instance.id,
      name: input.Name,
      description: input.Description,
      defaultOutboundQueueId,
      mediaConcurrencies: input.MediaConcurrencies,
      ...(input.AgentAvailabilityTimer && { agentAvailabilityTimer: input.AgentAvailabilityTimer }),
      queues,
      manualAssignmentQueues,
      tags: input.Tags ?? {},
      now,
      region,
    };
    await withUniqueName(
      { constraint: 'routing_profile_name_key', kind: 'routing profile', name: input.Name },
      insertRoutingProfiles(db, [made]),
    );
    return {
      output: { RoutingProfileId: id, RoutingProfileArn: arnOf(instance, 'routing-profile', id) },
      changes: [createdRoutingProfile(made)],
    };
  },
});
