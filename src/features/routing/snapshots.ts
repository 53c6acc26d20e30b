import type { Selectable } from 'kysely';
import { type Change, creationOf } from '../../audit/change.ts';
import type { HoursOfOperationTable, QueueTable, RoutingProfileTable } from '../../database/tables.ts';
import type { OverrideRow, OverrideSettings } from './override-store.ts';
import type { NewHoursOfOperation, NewQueue, NewRoutingProfile, QueueChannel, RoutedQueue } from './types.ts';

/* What the audit notes of the resources of this place, by Connect's names. */

export const queueSettings = (queue: Selectable<QueueTable>) => ({
  Description: queue.description,
  Status: queue.status,
  HoursOfOperationId: queue.hours_of_operation_id,
  MaxContacts: queue.max_contacts,
  OutboundCallerConfig: queue.outbound_caller_config,
  OutboundEmailConfig: queue.outbound_email_config,
});

export const routingProfileSettings = (profile: Selectable<RoutingProfileTable>) => ({
  Description: profile.description,
  DefaultOutboundQueueId: profile.default_outbound_queue_id,
  AgentAvailabilityTimer: profile.agent_availability_timer,
  MediaConcurrencies: profile.media_concurrencies,
});

/** A queue on a channel as a routing profile has it. */
export const queueConfig = ({ queueId, channel, priority, delay }: QueueChannel & Partial<RoutedQueue>) => ({
  QueueReference: { QueueId: queueId, Channel: channel },
  ...(priority !== undefined && { Priority: priority, Delay: delay }),
});

export const hoursSettings = (hours: Selectable<HoursOfOperationTable>) => ({
  Description: hours.description,
  TimeZone: hours.time_zone,
  Config: hours.config,
});

export const overrideSnapshot = (id: string, override: OverrideSettings) => ({
  HoursOfOperationOverrideId: id,
  Name: override.name,
  ...(override.description !== null && { Description: override.description }),
  OverrideType: override.type,
  EffectiveFrom: override.effectiveFrom,
  EffectiveTill: override.effectiveTill,
  Config: override.config,
  ...(override.recurrence ? { RecurrenceConfig: override.recurrence } : {}),
});

export const settingsOf = (row: OverrideRow): OverrideSettings => ({
  name: row.name,
  description: row.description,
  type: row.type,
  effectiveFrom: row.effective_from,
  effectiveTill: row.effective_till,
  config: row.config,
  recurrence: row.recurrence_config,
});

export const createdQueue = (made: NewQueue, quickConnectIds: readonly string[] = []): Change =>
  creationOf('queue', made, {
    Description: made.description,
    Status: 'ENABLED',
    HoursOfOperationId: made.hoursOfOperationId,
    MaxContacts: made.maxContacts,
    OutboundCallerConfig: made.outboundCallerConfig,
    OutboundEmailConfig: made.outboundEmailConfig,
    QuickConnectIds: quickConnectIds,
    Tags: made.tags,
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

export const createdHours = (made: NewHoursOfOperation, parentIds: readonly string[] = []): Change =>
  creationOf('operating-hours', made, {
    Description: made.description,
    TimeZone: made.timeZone,
    Config: made.config,
    ParentHoursOfOperationIds: parentIds,
    Tags: made.tags,
  });
