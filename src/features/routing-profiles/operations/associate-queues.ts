import { shownNames } from '../../../access/shown-names.ts';
import { listChanges, updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import type { InputOf } from '../../../operations/connect-types.ts';
import { type Constraints, instanceId, items, range } from '../../../operations/constraints.ts';
import { defineWrite } from '../../../operations/define-operation.ts';
import { invalidParameter, invalidRequest, OperationError } from '../../../operations/errors.ts';
import { keepPresent } from '../../../operations/present.ts';
import {
  type AssociationTable,
  allQueuesOf,
  associateManualAssignmentQueues,
  associateQueues,
  countAssociations,
  disassociateQueues,
} from '../association-store.ts';
import { pairsIn } from '../references.ts';
import { queueConfig } from '../snapshots.ts';
import { lockedRoutingProfile, updateRoutingProfile } from '../store.ts';
import type { QueueChannel, RoutedQueue } from '../types.ts';

/** Pairs of a queue and a channel that one routing profile may have (Admin guide, Amazon Connect service quotas). */
const mostPairs = 50;

/** What the model says of the queues that an operation associates. */
export const associationConstraints = {
  QueueConfigs: items(1, 10),
  ManualAssignmentQueueConfigs: items(1, 10),
  'RoutingProfileQueueConfig.Priority': range(1, 99),
  'RoutingProfileQueueConfig.Delay': range(0, 9999),
} satisfies Constraints;

type Associations = Pick<InputOf<'CreateRoutingProfile'>, 'QueueConfigs' | 'ManualAssignmentQueueConfigs'>;

/** @throws InvalidParameterException for what is no id, or a pair that is named twice */
export function routedQueuesIn(given: Associations['QueueConfigs']): RoutedQueue[] {
  const pairs = pairsIn('QueueConfigs', given, (one) => one.QueueReference);
  return pairs.map(({ queueId, channel, given: { Priority, Delay } }) => ({
    queueId,
    channel,
    priority: Priority,
    delay: Delay,
  }));
}

/** @throws InvalidParameterException for what is no id, or a pair that is named twice */
export function manualAssignmentQueuesIn(given: Associations['ManualAssignmentQueueConfigs']): QueueChannel[] {
  const pairs = pairsIn('ManualAssignmentQueueConfigs', given, (one) => one.QueueReference);
  return pairs.map(({ queueId, channel }) => ({ queueId, channel }));
}

/** Those of the pairs that are among the others. */
function those<Pair extends QueueChannel>(pairs: readonly Pair[], others: readonly QueueChannel[]): Pair[] {
  return pairs.filter((pair) => others.some((one) => one.queueId === pair.queueId && one.channel === pair.channel));
}

/** A pair that is associated already gets the new priority and delay. */
export const associateRoutingProfileQueues = defineWrite('AssociateRoutingProfileQueues', {
  permission: 'RoutingPolicies.Edit',
  constraints: { ...instanceId, ...associationConstraints },
  handler: async ({ db, instance, now, region }, input) => {
    const queues = routedQueuesIn(input.QueueConfigs);
    const manual = manualAssignmentQueuesIn(input.ManualAssignmentQueueConfigs);
    if (queues.length + manual.length === 0) {
      throw invalidParameter('Give QueueConfigs, ManualAssignmentQueueConfigs, or both.');
    }
    const profile = await lockedRoutingProfile(db, instance, input.RoutingProfileId);
    await keepPresent(
      db,
      instance,
      'queue',
      [...queues, ...manual].map((one) => one.queueId),
    );
    const before = await allQueuesOf(db, profile.id);
    const come = await associateQueues(db, profile.id, queues);
    const comeForManualAssignment = await associateManualAssignmentQueues(db, profile.id, manual);
    await requireFewEnough(db, profile, 'routing_profile_queue');
    await requireFewEnough(db, profile, 'routing_profile_manual_assignment_queue');
    const changes = listChanges({
      QueueConfigs: { gone: those(before, come).map(queueConfig), come: come.map(queueConfig) },
      ManualAssignmentQueueConfigs: { come: comeForManualAssignment.map(queueConfig) },
    });
    if (changes) await updateRoutingProfile(db, profile.id, {}, { now, region });
    return updated('routing-profile', profile, changes);
  },
});

async function requireFewEnough(tx: Tx, profile: { id: string; name: string }, table: AssociationTable): Promise<void> {
  if ((await countAssociations(tx, table, profile.id)) <= mostPairs) return;
  throw new OperationError(
    'LimitExceededException',
    `The routing profile "${profile.name}" would have more than ${mostPairs} pairs of a queue and a channel. Remove some from it first.`,
  );
}

/**
 * A pair that is not associated is none to remove, and harmless; a queue that is not there is refused. The model's lists
 * have no limit, but its words do: "Up to 10 queue references can be disassociated in a single API call."
 */
export const disassociateRoutingProfileQueues = defineWrite('DisassociateRoutingProfileQueues', {
  permission: 'RoutingPolicies.Edit',
  constraints: { ...instanceId, QueueReferences: items(0, 10), ManualAssignmentQueueReferences: items(0, 10) },
  handler: async ({ db, instance, now, region }, input) => {
    const queues = pairsIn('QueueReferences', input.QueueReferences, (one) => one);
    const member = 'ManualAssignmentQueueReferences';
    const manual = pairsIn(member, input.ManualAssignmentQueueReferences, (one) => one);
    if (queues.length + manual.length === 0) {
      throw invalidParameter('Give QueueReferences, ManualAssignmentQueueReferences, or both.');
    }
    const profile = await lockedRoutingProfile(db, instance, input.RoutingProfileId);
    await keepPresent(
      db,
      instance,
      'queue',
      [...queues, ...manual].map((one) => one.queueId),
    );
    const before = await allQueuesOf(db, profile.id);
    const gone = await disassociateQueues(db, 'routing_profile_queue', profile.id, queues);
    const table = 'routing_profile_manual_assignment_queue';
    const goneFromManualAssignment = await disassociateQueues(db, table, profile.id, manual);
    const changes = listChanges({
      QueueConfigs: { gone: those(before, gone).map(queueConfig) },
      ManualAssignmentQueueConfigs: { gone: goneFromManualAssignment.map(queueConfig) },
    });
    if (changes) await updateRoutingProfile(db, profile.id, {}, { now, region });
    return updated('routing-profile', profile, changes);
  },
});

/** Priority and delay of pairs that are associated already. */
export const updateRoutingProfileQueues = defineWrite('UpdateRoutingProfileQueues', {
  permission: 'RoutingPolicies.Edit',
  constraints: {
    ...instanceId,
    QueueConfigs: associationConstraints.QueueConfigs,
    'RoutingProfileQueueConfig.Priority': associationConstraints['RoutingProfileQueueConfig.Priority'],
    'RoutingProfileQueueConfig.Delay': associationConstraints['RoutingProfileQueueConfig.Delay'],
  },
  handler: async ({ db, instance, access, now, region }, input) => {
    const queues = routedQueuesIn(input.QueueConfigs);
    const profile = await lockedRoutingProfile(db, instance, input.RoutingProfileId);
    const before = await allQueuesOf(db, profile.id);
    const known = new Set(before.map((one) => `${one.queueId} ${one.channel}`));
    const unknown = queues.filter((one) => !known.has(`${one.queueId} ${one.channel}`));
    if (unknown.length > 0) {
      const ids = unknown.map((one) => one.queueId);
      const names = await shownNames(db, instance, access, 'queue', ids);
      const named = unknown.map(({ queueId, channel }) => {
        const name = names.get(queueId);
        return `${name === undefined ? queueId : `"${name}" (${queueId})`} on ${channel}`;
      });
      throw invalidRequest(
        `These queues are not associated with the routing profile: ${named.join(', ')}. Use AssociateRoutingProfileQueues first.`,
      );
    }
    const come = await associateQueues(db, profile.id, queues);
    const changes = listChanges({
      QueueConfigs: { gone: those(before, come).map(queueConfig), come: come.map(queueConfig) },
    });
    if (changes) await updateRoutingProfile(db, profile.id, {}, { now, region });
    return updated('routing-profile', profile, changes);
  },
});
