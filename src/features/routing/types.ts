import type { Connect } from '../../operations/connect-types.ts';

/** What a resource is made from, by new instances and sample data. Times and ids come in, so that both can be steered. */
interface NewResource {
  readonly id: string;
  readonly instanceId: string;
  readonly name: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly now: Date;
  readonly region: string;
}

export interface NewHoursOfOperation extends NewResource {
  readonly description: string | null;
  /** An IANA name. */
  readonly timeZone: string;
  readonly config: readonly Connect.HoursOfOperationConfig[];
}

export interface NewQueue extends NewResource {
  readonly description: string | null;
  readonly hoursOfOperationId: string;
  /** Contacts that may wait at a time; null: no limit of its own. */
  readonly maxContacts?: number | null;
  readonly outboundCallerConfig?: Connect.OutboundCallerConfig | null;
  readonly outboundEmailConfig?: Connect.OutboundEmailConfig | null;
}

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

export interface NewRoutingProfile extends NewResource {
  readonly description: string;
  readonly defaultOutboundQueueId: string;
  readonly mediaConcurrencies: readonly Connect.MediaConcurrency[];
  readonly agentAvailabilityTimer?: (typeof agentAvailabilityTimers)[number];
  readonly isDefault?: boolean;
  readonly queues: readonly RoutedQueue[];
  readonly manualAssignmentQueues?: readonly QueueChannel[];
}
