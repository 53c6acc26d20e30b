import { updated } from '../../../audit/change.ts';
import type { Tx } from '../../../database/db.ts';
import { instanceId, length } from '../../../operations/constraints.ts';
import { defineWrite, type InstanceContext } from '../../../operations/define-operation.ts';
import { differences } from '../../../operations/differences.ts';
import { invalidParameter } from '../../../operations/errors.ts';
import { keepPresent } from '../../../operations/present.ts';
import { checkConcurrencies, concurrencyConstraints } from '../concurrency.ts';
import { routingProfileSettings } from '../snapshots.ts';
import { lockedRoutingProfile, updateRoutingProfile } from '../store.ts';

const permission = 'RoutingPolicies.Edit';

/** Changes what differs and notes it, by the names that the API has for it. */
async function change(
  { db, instance, now, region }: InstanceContext<Tx>,
  given: string,
  wanted: Parameters<typeof updateRoutingProfile>[2],
) {
  const profile = await lockedRoutingProfile(db, instance, given);
  const details = differences<Readonly<Record<string, unknown>>>(
    { Name: profile.name, ...routingProfileSettings(profile) },
    {
      Name: wanted.name,
      Description: wanted.description,
      DefaultOutboundQueueId: wanted.defaultOutboundQueueId,
      AgentAvailabilityTimer: wanted.agentAvailabilityTimer,
      MediaConcurrencies: wanted.mediaConcurrencies,
    },
  );
  if (details) await updateRoutingProfile(db, profile.id, wanted, { now, region });
  return updated('routing-profile', { id: profile.id, name: wanted.name ?? profile.name }, details);
}

/** A member that is absent stays as it is. */
const updateName = defineWrite('UpdateRoutingProfileName', {
  permission,
  constraints: { ...instanceId, Name: length(1, 127), Description: length(1, 250) },
  handler: async (context, input) => {
    if (input.Name === undefined && input.Description === undefined) {
      throw invalidParameter('Give a Name, a Description, or both.');
    }
    return change(context, input.RoutingProfileId, { name: input.Name, description: input.Description });
  },
});

/** Replaces all channels. */
const updateConcurrency = defineWrite('UpdateRoutingProfileConcurrency', {
  permission,
  constraints: { ...instanceId, ...concurrencyConstraints },
  handler: async (context, input) => {
    checkConcurrencies(input.MediaConcurrencies);
    return change(context, input.RoutingProfileId, { mediaConcurrencies: input.MediaConcurrencies });
  },
});

const updateDefaultOutboundQueue = defineWrite('UpdateRoutingProfileDefaultOutboundQueue', {
  permission,
  constraints: instanceId,
  handler: async (context, input) => {
    const queueId = input.DefaultOutboundQueueId;
    await keepPresent(context.db, context.instance, 'queue', [queueId]);
    return change(context, input.RoutingProfileId, { defaultOutboundQueueId: queueId });
  },
});

const updateAgentAvailabilityTimer = defineWrite('UpdateRoutingProfileAgentAvailabilityTimer', {
  permission,
  constraints: instanceId,
  handler: (context, input) =>
    change(context, input.RoutingProfileId, { agentAvailabilityTimer: input.AgentAvailabilityTimer }),
});

export const routingProfileUpdates = [
  updateName,
  updateConcurrency,
  updateDefaultOutboundQueue,
  updateAgentAvailabilityTimer,
] as const;
