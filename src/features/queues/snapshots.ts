import { type Change, creationOf } from '../../audit/change.ts';
import type { NewQueue, QueueSettings } from './types.ts';

/* What the audit notes, by Connect's names. */

export const queueSettings = (queue: QueueSettings) => ({
  Description: queue.description,
  Status: queue.status,
  HoursOfOperationId: queue.hoursOfOperationId,
  MaxContacts: queue.maxContacts,
  OutboundCallerConfig: queue.outboundCallerConfig,
  OutboundEmailConfig: queue.outboundEmailConfig,
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
