import type { Connect } from '../../operations/connect-types.ts';

export const channels = ['VOICE', 'CHAT', 'TASK', 'EMAIL'] as const;
export type Channel = (typeof channels)[number];

/** A queue on one channel: what routing profiles hold. */
export interface QueueChannel {
  readonly queueId: string;
  readonly channel: Channel;
}

/** Priority 1 to 99, delay in seconds. */
export interface RoutedQueue extends QueueChannel {
  readonly priority: number;
  readonly delay: number;
}

export const agentAvailabilityTimers = ['TIME_SINCE_LAST_ACTIVITY', 'TIME_SINCE_LAST_INBOUND'] as const;

/** What can change about a routing profile. */
export interface RoutingProfileSettings {
  readonly name: string;
  readonly description: string;
  readonly defaultOutboundQueueId: string;
  readonly mediaConcurrencies: readonly Connect.MediaConcurrency[];
  readonly agentAvailabilityTimer: (typeof agentAvailabilityTimers)[number];
}

export interface RoutingProfile extends RoutingProfileSettings {
  readonly id: string;
  readonly isDefault: boolean;
  readonly tags: Readonly<Record<string, string>>;
  readonly lastModifiedTime: Date;
  readonly lastModifiedRegion: string;
}

/** With how many have it and how many it has: queues once each, on however many channels. */
export interface CountedRoutingProfile extends RoutingProfile {
  readonly queueCount: number;
  readonly manualAssignmentQueueCount: number;
  readonly userCount: number;
}

/** What a routing profile is made from. Times and ids come in, so that both can be steered. */
export interface NewRoutingProfile extends Omit<RoutingProfileSettings, 'agentAvailabilityTimer'> {
  readonly id: string;
  readonly instanceId: string;
  readonly agentAvailabilityTimer?: RoutingProfileSettings['agentAvailabilityTimer'];
  readonly isDefault?: boolean;
  readonly queues: readonly RoutedQueue[];
  readonly manualAssignmentQueues?: readonly QueueChannel[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}
