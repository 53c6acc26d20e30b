import { type Change, creationOf } from '../../audit/change.ts';
import type { NewRoutingProfile, QueueChannel, RoutedQueue, RoutingProfileSettings } from './types.ts';

/* What the audit notes, by Connect's names. */

export const routingProfileSettings = (profile: RoutingProfileSettings) => ({
  Description: profile.description,
  DefaultOutboundQueueId: profile.defaultOutboundQueueId,
  AgentAvailabilityTimer: profile.agentAvailabilityTimer,
  MediaConcurrencies: profile.mediaConcurrencies,
});

/** A queue on a channel as a routing profile has it. */
export const queueConfig = ({ queueId, channel, priority, delay }: QueueChannel & Partial<RoutedQueue>) => ({
  QueueReference: { QueueId: queueId, Channel: channel },
  ...(priority !== undefined && { Priority: priority, Delay: delay }),
});

export const createdRoutingProfile = (made: NewRoutingProfile): Change =>
  creationOf('routing-profile', made, {
    Description: made.description,
    DefaultOutboundQueueId: made.defaultOutboundQueueId,
    AgentAvailabilityTimer: made.agentAvailabilityTimer,
    MediaConcurrencies: made.mediaConcurrencies,
    QueueConfigs: made.queues.map(queueConfig),
    ManualAssignmentQueueConfigs: made.manualAssignmentQueues?.map(queueConfig),
    Tags: made.tags,
  });
